import { countPorts } from '../experiments/method/ports'
import type { LoadReport } from '../formats/load-report'
import { defaultScenario, scenarioName } from '../machine/scenario'
import { cardSentences, portTable } from '../report/port-text'
import { columns } from './columns'

/** Enough packets that the start of the connection does not count. */
const bytesBeside = 2_000_000

/** What a QEMU log says of cards; of a pcnet beside the simulated driver, in version 2.0, which sends each packet at once. */
export function cardsText(report: LoadReport): string[] {
  const lines = cardSentences(report)
  if (!report.pcnet || report.pcnet.frames < 2) return lines
  const scenario = { ...defaultScenario, optimizations: [], bytes: bytesBeside }
  const work = countPorts({ scenario })
  let step = work.next()
  while (!step.done) step = work.next()
  const table = portTable(report.pcnet, step.value)
  return [...lines, '', `Beside the simulated driver (${scenarioName(scenario)}, Linux 2.2.17):`, ...columns(table, [0, 1, 4])]
}
