import { describe, expect, it } from 'vitest'
import { readingsOf } from '../../../engine/experiments/row-instruments'
import { defaultScenario } from '../../../engine/machine/scenario'
import { nextSort, sortedRows, tableColumnIds, type SortKey, type TableSort } from '../../../renderer/state/table-columns'
import { shownColumns } from '../../../renderer/state/table-state'
import { noInterval, worldShares } from '../../../renderer/state/table-worlds'
import { worldsText } from '../../../renderer/state/table-text'
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

describe('worlds of a recorded profile', () => {
  const run = importedRun('i')

  it('add up to the whole, with intervals where samples are counted', () => {
    const shares = worldShares(run, 0, false)
    expect(shares.map(({ name, weight }) => [name, weight])).toEqual([['Host kernel', 300], ['VMM', 200]])
    expect(shares.reduce((sum, { percent }) => sum + percent, 0)).toBeCloseTo(100)
    expect(shares[0]!.ci95![0]).toBeLessThan(60)
    expect(shares[0]!.words).toContain('as if')
    expect(worldsText(shares, ',').trim().split('\n')).toHaveLength(3)
  })

  it('take the reader\'s intervals for the whole profile, and not for a part of it', () => {
    const worlds = [{ world: shareWorld(), share: 0.6, lo: 0.4, hi: 0.8, effectiveSamples: 25, words: 'dependent' }]
    const known = { ...run, source: { ...run.source, report: { ...run.source.report, worlds } } }
    expect(worldShares(known, 0, false)[0]).toMatchObject({ ci95: [40, 80], effectiveSamples: 25, words: 'dependent' })
    expect(worldShares(known, 0, true)[0]).toMatchObject({ effectiveSamples: null })
  })

  it('have none where the weight is no count of samples', () => {
    const cycles = { ...run, profile: { ...run.profile, weightTypes: [{ name: 'cycles', unit: 'cycles' as const, kind: 'sampled' as const }] } }
    expect(worldShares(cycles, 0, false)[0]).toMatchObject({ ci95: null, words: noInterval })
  })

  function shareWorld(): number {
    return worldShares(run, 0, false)[0]!.world
  }
})
