/**
 * A workload that any discrete-event simulator can run: packets take 12 turns of one CPU, the link, and come back as an
 * acknowledgement; at most `window` are under way. All times are whole, so every program has to end at the same instant.
 */
export const pipeline = { holds: 12, firstHold: 100, holdStep: 37, link: 3_000, acknowledgement: 2_000, window: 32 } as const

export const holdOf = (index: number): number => pipeline.firstHold + pipeline.holdStep * index

/** CPU holds, link and acknowledgement: what is counted as events. */
export const eventsAPacket = pipeline.holds + 2
