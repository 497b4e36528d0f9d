/* The pipeline of pipeline.ts with nothing around it: what the machine can do at most. Prints last instant, CPU seconds. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { HOLDS = 12, LINK = 3000, ACK = 2000, WINDOW = 32 };

int main(int argc, char **argv)
{
    long packets = argc > 1 ? atol(argv[1]) : 1000000;
    long long hold[HOLDS], spent[HOLDS] = { 0 }, ack_at[WINDOW];
    long long now = 0, link_at = -1, last = 0, idle = 0;
    long started = 0, queued = 0, sent = 0, acked = 0;
    for (int i = 0; i < HOLDS; i++) hold[i] = 100 + 37 * i;
    clock_t began = clock();
    while (acked < packets) {
        int run = started < packets && started - acked < WINDOW;
        for (int i = 0; i < (run ? HOLDS : 1); i++) {
            long long left = run ? hold[i] : -1;
            for (;;) {
                long long due = link_at >= 0 ? link_at : -1;
                if (acked < sent && (due < 0 || ack_at[acked % WINDOW] < due)) due = ack_at[acked % WINDOW];
                if (run && (due < 0 || now + left < due)) { spent[i] += left; now += left; break; }
                if (run) { spent[i] += due - now; left -= due - now; } else idle += due - now;
                now = due;
                if (link_at == now) {
                    ack_at[sent++ % WINDOW] = now + ACK;
                    link_at = queued > 0 ? now + LINK : -1;
                    if (queued > 0) queued--;
                }
                if (acked < sent && ack_at[acked % WINDOW] == now) { acked++; last = now; }
                if (!run) break;
            }
        }
        if (run) {
            started++;
            if (link_at < 0) link_at = now + LINK; else queued++;
        }
    }
    printf("%lld %.6f %lld\n", last, (double)(clock() - began) / CLOCKS_PER_SEC, spent[0] + idle);
    return 0;
}
