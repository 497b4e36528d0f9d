import type { RuleChoice } from '../profile/classify/propose'
import { shownRows } from '../profile/classify/rows'
import type { ImportedTable, TableShare } from '../profile/classify/table-types'
import { worldIds } from '../worlds'
import { columns, figure, grouped, interval } from './columns'

/** By which rules worlds and rows are, and why by those. */
export function rulesText({ set, reason }: RuleChoice): string {
  return `rules: ${set}, because ${reason}`.replace(', because asked for', ', as asked for')
}

/** Table 2 of a recorded profile in both scopes: rows that have something, and always what no rule decided. */
export function importedTableText({ rows, weight }: ImportedTable): string[] {
  const scope = (of: 'total' | 'vmm', title: string) => {
    const shown = shownRows(rows).filter((row) => row.scope === of)
    return shown.length === 0 ? [`${title}: nothing was recorded`]
      : columns([[title, weight.name, '%', '95 % interval', 'counts as', 'how'], ...shown.map((row) => [row.label, ...cells(row), weight.kind])], [0, 5])
  }
  return [...scope('total', 'Table 2, of total time'), '', ...scope('vmm', 'Table 2, of VMM time')]
}

export function importedWorldsText({ worlds, weight }: ImportedTable): string[] {
  const sorted = [...worlds].sort((x, y) => y.weight - x.weight)
  return columns([['World, of total time', weight.name, '%', '95 % interval', 'counts as', 'how'], ...sorted.map((world) => [world.label, ...cells(world), weight.kind])], [0, 5])
}

/** `counts as`: how many independent samples, where their order is known. */
function cells({ weight, percent, ci95, effectiveSamples }: TableShare): string[] {
  return [grouped(weight), figure(percent, 1), interval(ci95, 1), effectiveSamples === null ? '-' : grouped(Math.round(effectiveSamples))]
}

export function importedTableJson({ weight, all, samples, rows, worlds }: ImportedTable): object {
  return {
    weight, all, samples,
    rows: rows.map(({ id, label, scope, inPaper, weight: part, percent, ci95, effectiveSamples, evidence }) =>
      ({ id, label, scope, inPaper, weight: part, percent, ci95, effectiveSamples, evidence })),
    worlds: worlds.map(({ world, label, ...share }) => ({ id: worldIds[world]!, label, ...share })),
  }
}
