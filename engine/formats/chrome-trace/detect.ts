/** Why the beginning of a text is taken for Chrome's trace event JSON, or null when it is not. */
export function chromeTraceReason(beginning: string): string | null {
  const text = beginning.replace(/^\ufeff/, '')
  if (/^\s*\{/.test(text) && /"traceEvents"\s*:\s*\[/.test(text)) return 'it has traceEvents'
  const first = /^\s*\[\s*\{[^{}]*/.exec(text)?.[0] ?? ''
  return /"ph"\s*:\s*"/.test(first) && /"(?:ts|pid)"\s*:/.test(first) ? 'it is a list of trace events' : null
}
