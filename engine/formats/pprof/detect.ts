import { FieldCutter } from './cutter'
import { WireFault } from './wire'

/** Fields that there have to be of a beginning at least. */
const enough = 2

/**
 * pprof has no magic number: it is recognised by its frame. Its outermost message must consist of fields 1 to 15 of the
 * right wire types, end exactly with the file and hold a sample type and a string table that begins with ''. Of the
 * beginning of a file (not `whole`) it is asked that some such fields are in it, and that the last one does not end there.
 */
export function looksLikePprof(bytes: Uint8Array, whole = true): boolean {
  let [sampleTypes, strings, fields] = [0, 0, 0]
  let emptyFirst = true
  const cutter = new FieldCutter((field, _, start, end) => {
    fields++
    if (field === 1) sampleTypes++
    if (field === 6 && strings++ === 0) emptyFirst = start === end
  })
  try {
    cutter.push(bytes)
    if (whole) cutter.end()
  } catch (thrown) {
    if (!(thrown instanceof WireFault)) throw thrown
    return false
  }
  return emptyFirst && (whole ? sampleTypes > 0 && strings > 0 : fields >= enough)
}
