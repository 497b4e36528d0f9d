/** Why the beginning of a text is taken for a callgrind profile, or null when it is not. */
export function callgrindReason(beginning: string): string | null {
  if (/^# callgrind format\s*$/m.test(beginning.slice(0, 4096))) return 'its first lines say "callgrind format"'
  const header = /^events:\s*\S/m.test(beginning)
  return header && /^fn=/m.test(beginning) ? 'it has "events:" and "fn=" lines' : null
}
