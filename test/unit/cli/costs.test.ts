import { describe, expect, it } from 'vitest'
import { costsJson, costsText } from '../../../engine/cli/costs'
import { costIds, costSheet } from '../../../engine/machine/costs/sheet'

describe('the cost sheet', () => {
  it('is a table with value, unit, range, status, absorbed figure and source of every cost', () => {
    const lines = costsText().split('\n')
    expect(lines[0]).toMatch(/^cost +value +unit +range +status +absorbs +source$/)
    for (const id of costIds) {
      const { value, unit, low, high, status, source, fittedTo } = costSheet[id]
      const cells = lines.find((line) => line.startsWith(`${id} `))!.split(/ {2,}/)
      expect(cells).toEqual([id, String(value), unit, `${low}..${high}`, status, fittedTo ?? '-', source])
    }
    expect(lines.at(-3)).toContain(`${costIds.length} costs`)
  })
  it('is the same as JSON, with what a machine file may say', () => {
    const { schema, entries } = costsJson()
    expect(schema).toBe('worldswitch.costs/1')
    expect(entries.map(({ id }) => id)).toEqual(costIds)
    for (const { id, allowed, absorbs, ...entry } of entries) {
      const { fittedTo, ...sheet } = costSheet[id]
      expect(entry).toEqual(sheet)
      expect(absorbs).toBe(fittedTo ?? null)
      expect(allowed.min).toBeGreaterThan(0)
      expect(allowed.max).toBeCloseTo(10 * sheet.high, 9)
    }
  })
})
