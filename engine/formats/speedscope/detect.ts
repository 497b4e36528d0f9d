/** Why the beginning of a text is taken for a speedscope file, or null when it is not. */
export function speedscopeReason(beginning: string): string | null {
  if (!/^\ufeff?\s*\{/.test(beginning)) return null
  if (beginning.includes('"https://www.speedscope.app/file-format-schema.json"')) return 'it names the speedscope schema'
  return null
}
