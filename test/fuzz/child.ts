import { openCase } from './case'
import { corpus } from './corpus'
import { caseOf } from './mutations'

/**
 * A process that works through cases `from` to `to`, not included, and says a line of JSON a case before and after it: who
 * watches knows which one did not come back.
 */
const [from, to] = process.argv.slice(2).map(Number) as [number, number]
const seeds = corpus()
const say = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)

for (let index = from; index < to; index++) {
  const { name, bytes } = caseOf(index, seeds)
  say({ begins: name })
  const before = process.cpuUsage()
  let outcome: string
  try {
    outcome = openCase(bytes)
  } catch (thrown) {
    outcome = `fault: ${thrown instanceof Error ? thrown.stack ?? thrown.message : String(thrown)}`
  }
  const { user, system } = process.cpuUsage(before)
  say({ name, outcome, seconds: (user + system) / 1e6, megabytes: process.memoryUsage.rss() / 2 ** 20 })
}
