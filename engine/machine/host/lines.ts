/** Interrupt lines of the host, bits of `Clock.pending`. */
export const HostLine = { Timer: 1, Nic: 2, Profiler: 4 } as const
