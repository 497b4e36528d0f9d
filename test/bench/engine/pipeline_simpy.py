"""The pipeline of pipeline.ts in SimPy 3; prints the last instant and the CPU seconds."""
import sys
import time
import simpy

packets = int(sys.argv[1])
HOLDS = [100 + 37 * i for i in range(12)]
LINK, ACK, WINDOW = 3000, 2000, 32


def main():
    env = simpy.Environment()
    window = simpy.Container(env, init=WINDOW, capacity=WINDOW)
    link = simpy.Resource(env, capacity=1)
    last = [0]

    def packet():
        with link.request() as turn:
            yield turn
            yield env.timeout(LINK)
        yield env.timeout(ACK)
        last[0] = env.now
        yield window.put(1)

    def cpu():
        for _ in range(packets):
            yield window.get(1)
            for hold in HOLDS:
                yield env.timeout(hold)
            env.process(packet())

    env.process(cpu())
    began = time.process_time()
    env.run()
    print(last[0], time.process_time() - began)


main()
