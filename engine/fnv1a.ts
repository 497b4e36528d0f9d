/** FNV-1a (Fowler, Noll, Vo; draft-eastlake-fnv) over the UTF-16 units of a text, 32 bits without sign: the same on any machine. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
