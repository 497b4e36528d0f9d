/** Why the beginning of a text is taken for a V8 CPU profile, or null when it is not. */
export function cpuprofileReason(beginning: string): string | null {
  if (!/^\ufeff?\s*\{/.test(beginning)) return null
  const nodes = /"nodes"\s*:\s*\[\s*\{[^[\]]*"callFrame"\s*:/.test(beginning)
  const old = /"head"\s*:\s*\{\s*"functionName"\s*:/.test(beginning)
  if (nodes) return 'it has nodes with call frames, as V8 writes them'
  return old ? 'it has a head with functions below it, as V8 wrote them until 2016' : null
}
