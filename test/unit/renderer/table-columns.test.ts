import { describe, expect, it } from 'vitest'
import { readingsOf } from '../../../engine/experiments/row-instruments'
import { classificationOf } from '../../../engine/profile/classify/samples'
import { tableOfProfile } from '../../../engine/profile/classify/table'
import { defaultScenario } from '../../../engine/machine/scenario'
import { nextSort, sortedRows, tableColumnIds, type SortKey, type TableSort } from '../../../renderer/state/table-columns'
import { shownColumns, shownImportedColumns } from '../../../renderer/state/table-state'
import { importedTableText } from '../../../renderer/state/table-text'
import { importedRun, reportOf } from './fixture'

describe('columns of Table 2', () => {
  it('are the chosen ones in their own order; unknown ones of a newer version are ignored', () => {
    expect(shownColumns(['paper', 'hologram', 'sampled'])).toEqual(['sampled', 'paper'])
    expect(shownColumns([])).toEqual([])
    expect(shownColumns(undefined)).toContain('truth')
  })

  it('sort with dashes last, whichever way', () => {
    const report = reportOf(defaultScenario)
    const readings = readingsOf(report)
    const rows = report.table.map((row, i) => ({ row, readings: readings[i]! }))
    for (const by of ['percent', 'label', ...tableColumnIds] as SortKey[]) {
      const rising = sortedRows(rows, { by, descending: false })
      expect(new Set(rising)).toEqual(new Set(rows))
    }
    const averages = (descending: boolean) => sortedRows(rows, { by: 'average', descending }).map(({ row }) => row.averageMicroseconds)
    const known = rows.map(({ row }) => row.averageMicroseconds).filter((one) => one !== null)
    expect(averages(true).slice(0, known.length)).toEqual([...known].sort((a, b) => b - a))
    expect(averages(false).slice(0, known.length)).toEqual([...known].sort((a, b) => a - b))
    expect(sortedRows(rows, null)).toBe(rows)
  })

  it('sort falling, rising, then not at all; words rise first', () => {
    const thrice = (by: SortKey) => [1, 2, 3].reduce<TableSort[]>((all) => [...all, nextSort(all.at(-1) ?? null, by)], [])
    expect(thrice('truth').map((sort) => sort?.descending)).toEqual([true, false, undefined])
    expect(thrice('label').map((sort) => sort?.descending)).toEqual([false, true, undefined])
    expect(nextSort({ by: 'truth', descending: false }, 'paper')).toEqual({ by: 'paper', descending: true })
  })
})

describe('columns of a recorded profile', () => {
  it('are kept apart from a simulated run\'s', () => {
    expect(shownImportedColumns(undefined)).toEqual(['weight', 'effective'])
    expect(shownImportedColumns(['paper', 'truth'])).toEqual(['paper'])
    expect(shownColumns(['weight', 'truth'])).toEqual(['truth'])
  })

  it('are the copy\'s, with rows and worlds that add up', () => {
    const table = tableOfProfile(classificationOf(importedRun('i').profile, 'as-read'), 0)
    const [head, ...lines] = importedTableText(table, ',').trim().split('\n').map((line) => line.split(','))
    expect(head!.slice(0, 7)).toEqual(['id', 'row', 'scope', 'percent', 'ci95 low', 'ci95 high', 'samples'])
    const sum = (of: (id: string, scope: string) => boolean) => lines.filter((line) => of(line[0]!, line.at(2)!)).reduce((all, line) => all + Number(line[3]), 0)
    expect(sum((id) => id.startsWith('world-'))).toBeCloseTo(100)
    expect(sum((id, scope) => !id.startsWith('world-') && scope === 'of total time')).toBeCloseTo(100)
    expect(lines.map(([id]) => id)).toContain('unclassified')
  })
})
