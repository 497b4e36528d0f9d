import { describe, expect, it } from 'vitest'
import { Books } from '../../../engine/machine/books'
import { Clock } from '../../../engine/machine/clock'
import { Fn } from '../../../engine/machine/functions'
import { Probe } from '../../../engine/machine/observer'
import { Probes } from '../../../engine/machine/probes'

/** A straight line of work: nothing is due, nothing interrupts. A select() with a PIC access inside, `times` over. */
function line(times: number, pairCycles: number) {
  const clock = new Clock(new Books())
  const probes = new Probes(clock, pairCycles)
  for (let i = 0; i < times; i++) {
    probes.begin()
    clock.run(Fn.Select, 1000)
    probes.begin()
    clock.run(Fn.PicAccess, 500)
    probes.end(Probe.PicAccess)
    probes.end(Probe.Select)
  }
  return { clock, probes }
}

describe('probes on a straight line of work', () => {
  it('make it longer by exactly count times cost', () => {
    const free = line(100, 0)
    const costly = line(100, 45)
    expect(free.clock.now).toBe(150_000)
    expect(costly.probes.overheadCycles).toBe(200 * 45)
    expect(costly.clock.now - free.clock.now).toBe(200 * 45)
    expect(costly.clock.books.total()).toBe(costly.clock.now)
  })

  it('read too much by the reads inside, which the corrected sum takes off', () => {
    const { probes } = line(100, 45)
    expect(probes.mean(Probe.PicAccess)).toBe(500 + 23)
    expect(probes.corrected[Probe.PicAccess]).toBe(100 * 500)
    expect(probes.mean(Probe.Select)).toBe(1500 + 45 + 23)
    expect(probes.corrected[Probe.Select]).toBe(100 * 1500)
  })
})
