/**
 * How much is read, in bytes: docs/formats.md says the same. Content that is read as it comes is bounded by what becomes of
 * it in the memory of two processes; what has to be there as a whole before it can be read (JSON) also by itself.
 */
export const largestContent = 2000 * 1e6
export const largestWhole = 500 * 1e6
