import { largestWhole } from '../limits'

/**
 * pprof has no magic number: it is recognised by its frame. Its outermost message must consist of fields 1 to 15 of the
 * right wire types, end exactly with the file and hold a sample type and a string table that begins with ''. Of the
 * beginning of a file (not `whole`) only the first can be said.
 */
export function looksLikePprof(bytes: Uint8Array, whole = true): boolean {
  let at = 0
  let sampleTypes = 0
  let strings = 0
  while (at < bytes.length) {
    const field = bytes[at]! >> 3
    const wireType = bytes[at]! & 7
    if (field < 1 || field > 15 || (wireType !== 0 && wireType !== 2)) return false
    const value = varint(bytes, at + 1)
    if (value === null) return !whole && bytes.length - at < 11
    if (wireType === 2 && value.value > bytes.length - value.end) return !whole && value.value <= largestWhole
    if (field === 1) sampleTypes++
    if (field === 6 && strings++ === 0 && value.value !== 0) return false
    at = wireType === 2 ? value.end + value.value : value.end
  }
  return !whole || (sampleTypes > 0 && strings > 0)
}

function varint(bytes: Uint8Array, start: number): { value: number; end: number } | null {
  let value = 0
  for (let i = 0; i < 10 && start + i < bytes.length; i++) {
    value += (bytes[start + i]! & 127) * 2 ** (7 * i)
    if (bytes[start + i]! < 128) return { value, end: start + i + 1 }
  }
  return null
}
