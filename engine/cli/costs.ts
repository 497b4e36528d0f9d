import type { Command } from 'commander'
import { type CostId, costIds, costSheet } from '../machine/costs/sheet'
import { costLimit } from '../machine/custom'
import { columns } from './columns'
import { addExamples, addJson } from './describe'
import type { Terminal } from './terminal'

/** Every cost of the simulated machine, with where it comes from: what all results rest on. */
export function addCosts(program: Command, terminal: Terminal): void {
  const command = program.command('costs')
    .description('print the cost sheet: value, unit, plausible range, status, source, and the figure of the paper that fixes it')
  addJson(command, 'worldswitch.costs/1')
  addExamples(command, ['costs', 'what all results rest on'], ['costs --json', 'with the limits of what a machine file may say'])
  command.action(({ json }: { json?: true }) => {
    if (json) terminal.json(costsJson())
    else terminal.write(costsText())
  })
}

/** The sheet as data; `absorbs` is the one figure of the paper that fixes the entry, null for most. */
export function costsJson() {
  return {
    schema: 'worldswitch.costs/1',
    entries: costIds.map((id) => {
      const { value, unit, low, high, status, source, fittedTo } = costSheet[id]
      const { min, max, whole } = costLimit(id)
      return { id, value, unit, low, high, status, absorbs: fittedTo ?? null, source, allowed: { min, max, whole } }
    }),
  }
}

export function costsText(): string {
  const rows = costIds.map((id) => [id, ...cells(id)])
  const head = ['cost', 'value', 'unit', 'range', 'status', 'absorbs', 'source']
  const calibrated = costIds.filter((id) => costSheet[id].status === 'calibrated').length
  return [
    ...columns([head, ...rows], [0, 2, 4, 5, 6]), '',
    `${costIds.length} costs, ${calibrated} of them calibrated. Cycles are the same on every machine. "absorbs" is the`,
    'figure of the paper that fixes a calibrated entry: the model does not predict it.', '',
  ].join('\n')
}

function cells(id: CostId): string[] {
  const { value, unit, low, high, status, source, fittedTo } = costSheet[id]
  return [String(value), unit, `${low}..${high}`, status, fittedTo ?? '-', source]
}
