import { describe, expect, it } from 'vitest'
import { readingsOf } from '../../../engine/experiments/row-instruments'
import { simulate } from '../../../engine/experiments/simulation'
import { type Scenario, defaultScenario } from '../../../engine/machine/scenario'

const scenario: Scenario = { ...defaultScenario, bytes: 5_000_000, samplerHz: 20_000 }
const { report } = simulate(scenario)
const readings = new Map(readingsOf(report).map((one) => [one.id, one]))
const truth = (id: string) => report.table.find((row) => row.id === id)!.truthPercent!

describe('what each instrument says of a row alone', () => {
  it('is for every row of the table, in its order', () => {
    expect([...readings.keys()]).toEqual(report.table.map(({ id }) => id))
  })

  it('by direct measurement is the truth, where a call is the row', () => {
    for (const id of ['vmnet-receive', 'lance-transmit-path']) {
      expect(readings.get(id)!.direct.percent, id).toBeCloseTo(truth(id), 1)
    }
    // a share of VMM time: the sampled denominator is all the error there is
    for (const id of ['guest-idle', 'pic-access', 'lance-status-access']) {
      const { percent, ci95 } = readings.get(id)!.direct
      expect(ci95![0], id).toBeLessThan(percent!)
      expect(ci95![0], id).toBeLessThan(truth(id) + 0.02)
      expect(ci95![1], id).toBeGreaterThan(truth(id) - 0.02)
    }
  })

  it('has no sampled figure for guest idle, and a derived one for no other row than the starred', () => {
    expect(readings.get('guest-idle')!.sampled).toMatchObject({ percent: null })
    expect(readings.get('guest-idle')!.sampled.why).toContain('only the sum')
    const derived = [...readings.values()].filter((one) => one.derived.percent !== null).map(({ id }) => id)
    expect(derived.sort()).toEqual(['guest-idle', 'host-irq-while-idle'])
    expect(readings.get('direct-execution')).toMatchObject({ direct: { percent: null, why: 'no probe brackets it' } })
  })

  it('has a sentence wherever there is no figure', () => {
    for (const native of [report, simulate({ ...scenario, vm: 'native', optimizations: [] }).report, simulate({ ...scenario, samplerHz: 0 }).report]) {
      for (const { id, ...ways } of readingsOf(native)) {
        for (const [way, reading] of Object.entries(ways)) {
          if (reading.percent === null) expect(reading.why, `${id} ${way}`).toMatch(/\w{3}/)
          else expect(Number.isFinite(reading.percent), `${id} ${way}`).toBe(true)
        }
      }
    }
  })

  it('of VMM time says nothing directly without samples: its whole is not known', () => {
    const unsampled = new Map(readingsOf(simulate({ ...scenario, samplerHz: 0 }).report).map((one) => [one.id, one]))
    expect(unsampled.get('pic-access')!.direct).toMatchObject({ percent: null, why: expect.stringContaining('VMM time is not known') as string })
    expect(unsampled.get('vmnet-receive')!.direct.percent).toBeCloseTo(truth('vmnet-receive'), 1)
  })
})
