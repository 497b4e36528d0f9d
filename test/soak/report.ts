import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

/** A line of the soak's report: what was measured, the figure, the bound it has to keep. */
export function figure(subject: string, what: string, value: string, bound: string): void {
  const file = process.env['WORLDSWITCH_SOAK_FIGURES']
  if (!file) return
  mkdirSync(dirname(file), { recursive: true })
  appendFileSync(file, `${JSON.stringify({ subject, what, value, bound })}\n`)
}
