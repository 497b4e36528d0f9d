/*
 * What the machine can do at most: the same work as the readers (lines, names and stacks interned, weights added up) with
 * nothing around it and for these files only. limit perf|folded|pprof FILE prints rows, total, CPU seconds, peak MB, stacks.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

typedef unsigned char byte;

/* Byte strings by number. */
static struct { uint32_t *slot; uint32_t mask, count; uint32_t *hash, *start; byte *bytes; size_t used, room; } names;
/* Stacks by caller and name. */
static struct { uint32_t *slot; uint32_t mask, count, room; uint32_t *parent, *name; } stacks;
static long rows;
static double total;

static uint32_t name_id(const byte *at, size_t length)
{
    uint32_t h = (uint32_t)length;
    size_t i = 0;
    for (; i + 4 <= length; i += 4) {
        uint32_t word;
        memcpy(&word, at + i, 4);
        h = (h ^ word) * 0x9e3779b1u;
        h = h << 13 | h >> 19;
    }
    for (; i < length; i++) h = (h ^ at[i]) * 0x01000193u;
    h ^= h >> 15;
    uint32_t s = h & names.mask;
    for (; names.slot[s]; s = (s + 1) & names.mask) {
        uint32_t id = names.slot[s] - 1;
        if (names.hash[id] == h && names.start[id + 1] - names.start[id] == length && !memcmp(names.bytes + names.start[id], at, length)) return id;
    }
    if (names.used + length > names.room) names.bytes = realloc(names.bytes, names.room = 2 * (names.used + length));
    memcpy(names.bytes + names.used, at, length);
    names.hash[names.count] = h;
    names.used += length;
    names.start[names.count + 1] = (uint32_t)names.used;
    names.slot[s] = names.count + 1;
    if (names.count + 1 >= names.mask / 2) { fprintf(stderr, "too many names\n"); exit(1); }
    return names.count++;
}

static uint32_t slot_of(uint32_t parent, uint32_t name) { uint32_t h = parent * 0x9e3779b1u ^ (name + 1) * 0x85ebca6bu; return h ^ h >> 15; }

static void grow_stacks(void)
{
    stacks.room *= 2;
    stacks.parent = realloc(stacks.parent, stacks.room * 4ul);
    stacks.name = realloc(stacks.name, stacks.room * 4ul);
    stacks.mask = 2 * stacks.mask + 1;
    free(stacks.slot);
    stacks.slot = calloc(stacks.mask + 1ul, 4);
    for (uint32_t id = 0; id < stacks.count; id++) {
        uint32_t s = slot_of(stacks.parent[id], stacks.name[id]) & stacks.mask;
        while (stacks.slot[s]) s = (s + 1) & stacks.mask;
        stacks.slot[s] = id + 1;
    }
}

static uint32_t stack_id(uint32_t parent, uint32_t name)
{
    uint32_t s = slot_of(parent, name) & stacks.mask;
    for (; stacks.slot[s]; s = (s + 1) & stacks.mask) {
        uint32_t id = stacks.slot[s] - 1;
        if (stacks.parent[id] == parent && stacks.name[id] == name) return id;
    }
    if (stacks.count == stacks.room) { grow_stacks(); return stack_id(parent, name); }
    stacks.parent[stacks.count] = parent;
    stacks.name[stacks.count] = name;
    stacks.slot[s] = stacks.count + 1;
    return stacks.count++;
}

static uint32_t chain[1 << 16];
static int depth;

static void end_sample(double weight)
{
    uint32_t stack = UINT32_MAX;
    for (int i = depth - 1; i >= 0; i--) stack = stack_id(stack, chain[i]);
    depth = 0;
    rows++;
    total += weight;
}

static double period;

/* A head: the period stands behind the stamp's colon. A frame: symbol without its offset, and module. */
static void perf_line(const byte *at, const byte *end)
{
    if (at == end) {
        if (period > 0) end_sample(period);
        period = 0;
    } else if (*at == '\t') {
        const byte *name = at + 1;
        while (name < end && *name == ' ') name++;
        while (name < end && *name != ' ') name++;
        name++;
        const byte *open = end - 1;
        while (open > name && *open != '(') open--;
        const byte *offset = open - 1;
        while (offset > name && *offset != '+') offset--;
        byte text[4096];
        size_t length = (size_t)(offset - name), rest = (size_t)(end - open);
        if (length + rest > sizeof text || depth == 1 << 16) exit(1);
        memcpy(text, name, length);
        memcpy(text + length, open, rest);
        chain[depth++] = name_id(text, length + rest);
    } else if (*at != '#') {
        const byte *colon = memchr(at, '.', (size_t)(end - at));
        while (colon < end && *colon != ':') colon++;
        period = strtod((const char *)colon + 1, NULL);
    }
}

static void folded_line(const byte *at, const byte *end)
{
    const byte *blank = end - 1;
    while (*blank != ' ') blank--;
    uint32_t stack = UINT32_MAX;
    while (at < blank) {
        const byte *to = memchr(at, ';', (size_t)(blank - at));
        if (!to) to = blank;
        stack = stack_id(stack, name_id(at, (size_t)(to - at)));
        at = to + 1;
    }
    rows++;
    total += strtod((const char *)blank + 1, NULL);
}

static const byte *number(const byte *at, uint64_t *value)
{
    uint64_t v = 0;
    for (int shift = 0;; shift += 7) {
        v |= (uint64_t)(*at & 127) << shift;
        if (*at++ < 128) break;
    }
    *value = v;
    return at;
}

/* The stack that bytes stand for, by their number. */
static uint32_t *stack_of;

/* Locations, leaf first, and the second value. */
static void pprof_sample(const byte *at, const byte *end)
{
    double weight = 0;
    while (at < end) {
        uint64_t tag, length, v;
        at = number(at, &tag);
        at = number(at, &length);
        if ((tag & 7) == 0) continue;
        const byte *stop = at + length;
        if (tag >> 3 == 1) {
            uint32_t known = names.count, id = name_id(at, length), stack = UINT32_MAX;
            if (id == known) {
                for (depth = 0; at < stop;) { at = number(at, &v); chain[depth++] = (uint32_t)v; }
                while (depth > 0) stack = stack_id(stack, chain[--depth]);
                stack_of[id] = stack;
            }
        }
        else if (tag >> 3 == 2) while (at < stop) { at = number(at, &v); weight = (double)v; }
        at = stop;
    }
    end_sample(weight);
}

static byte buffer[(4 << 20) + 64];

/* Whole lines of bytes[0..length): how many bytes they are. */
static size_t lines(size_t length, int perf)
{
    size_t at = 0;
    for (byte *end; (end = memchr(buffer + at, '\n', length - at)); at = (size_t)(end - buffer) + 1) {
        if (perf) perf_line(buffer + at, end);
        else folded_line(buffer + at, end);
    }
    return at;
}

static size_t fields(size_t length, int last)
{
    size_t at = 0;
    while (at < length && (last || length - at > 20)) {
        uint64_t tag, size;
        const byte *start = number(number(buffer + at, &tag), &size);
        if ((tag & 7) == 0) size = 0;
        size_t end = (size_t)(start - buffer) + size;
        if (end > length) break;
        if (tag >> 3 == 2) pprof_sample(start, buffer + end);
        at = end;
    }
    return at;
}

int main(int argc, char **argv)
{
    FILE *file = argc == 3 ? fopen(argv[2], "rb") : NULL;
    if (!file) return 2;
    clock_t began = clock();
    names.mask = (1 << 19) - 1;
    stack_of = malloc((names.mask + 1ul) * 4);
    names.slot = calloc(names.mask + 1ul, 4);
    names.hash = malloc((names.mask + 1ul) * 4);
    names.start = calloc(names.mask + 2ul, 4);
    names.bytes = malloc(names.room = 1 << 20);
    stacks.room = 1 << 12;
    stacks.mask = 2 * stacks.room - 1;
    stacks.slot = calloc(stacks.mask + 1ul, 4);
    stacks.parent = malloc(stacks.room * 4ul);
    stacks.name = malloc(stacks.room * 4ul);
    int pprof = !strcmp(argv[1], "pprof"), perf = !strcmp(argv[1], "perf");
    for (size_t held = 0;;) {
        size_t got = fread(buffer + held, 1, (4 << 20) - held, file);
        held += got;
        size_t used = pprof ? fields(held, got == 0) : lines(held, perf);
        if (got == 0) break;
        memmove(buffer, buffer + used, held -= used);
    }
    if (period > 0) end_sample(period);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"rows\":%ld,\"total\":%.0f,\"cpuSeconds\":%.6f,\"peakMB\":%.3f,\"stacks\":%u}\n", rows, total,
        (double)(clock() - began) / CLOCKS_PER_SEC, (double)usage.ru_maxrss / 1024, stacks.count);
    return 0;
}
