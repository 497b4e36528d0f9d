import { appendFileSync } from 'node:fs'

const out = process.env['WORLDSWITCH_BENCH_FIGURES']

/** Only whether it runs is wanted: few rounds and small inputs. */
export const quick = process.env['WORLDSWITCH_BENCH_QUICK'] === '1'

/** One row of the table that build/bench.mjs makes. */
export function figure(subject: string, what: string, found: string, bound: string): void {
  if (out) appendFileSync(out, `${JSON.stringify({ subject, what, found, bound })}\n`)
  console.log(`${subject}: ${what}: ${found} (bound ${bound})`)
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!
}

/** `digits` significant ones: median with smallest and largest, as `12.3 ms [12.1, 14.0]`. */
export function spread(values: readonly number[], unit: string, digits = 3): string {
  const text = (value: number) => Number(value.toPrecision(digits)).toString()
  return `${text(median(values))} ${unit} [${text(Math.min(...values))}, ${text(Math.max(...values))}]`
}

/** User and system time of this process, all its threads included, in milliseconds. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
