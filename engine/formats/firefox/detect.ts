/** Why the beginning of a text is taken for a profile of the Firefox Profiler, or null when it is not. */
export function firefoxReason(beginning: string): string | null {
  if (!/^\ufeff?\s*\{/.test(beginning) || !/"meta"\s*:\s*\{/.test(beginning)) return null
  if (/"preprocessedProfileVersion"\s*:\s*\d+/.test(beginning)) return 'its meta names a preprocessedProfileVersion (Firefox Profiler, processed)'
  const gecko = /"version"\s*:\s*\d+/.test(beginning) && /"(?:libs|processType|interval)"\s*:/.test(beginning)
  return gecko ? 'it has the meta of a gecko profile (Firefox Profiler, as recorded)' : null
}
