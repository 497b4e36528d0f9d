import { describe, expect, it } from 'vitest'
import { Pic } from '../../../engine/machine/pic'

/** A pair as Linux 2.2 sets it up, with timer, cascade and line 10 open. */
function pair() {
  const pic = new Pic()
  for (const [port, base] of [[0x20, 0x20], [0xa0, 0x28]] as const) {
    pic.write(port, 0x11)
    pic.write(port + 1, base)
    pic.write(port + 1, port === 0x20 ? 4 : 2)
    pic.write(port + 1, 1)
  }
  pic.write(0x21, 0xff & ~5)
  pic.write(0xa1, 0xff & ~4)
  pic.setLevelTriggered(10)
  return pic
}

describe('the pair of 8259A', () => {
  it('gives the masks back after initialisation', () => {
    const pic = pair()
    expect(pic.read(0x21)).toBe(0xfa)
    expect(pic.read(0xa1)).toBe(0xfb)
  })

  it('delivers an edge once, and again only after end of interrupt and a new edge', () => {
    const pic = pair()
    pic.setLine(0, true)
    expect(pic.pendingIrq()).toBe(0)
    pic.acknowledge(0)
    expect(pic.pendingIrq()).toBe(-1)
    pic.write(0x20, 0x60)
    expect(pic.pendingIrq()).toBe(-1)
    pic.setLine(0, false)
    pic.setLine(0, true)
    expect(pic.pendingIrq()).toBe(0)
  })

  it('delivers a level again after end of interrupt while it stays up', () => {
    const pic = pair()
    pic.setLine(10, true)
    expect(pic.pendingIrq()).toBe(10)
    pic.acknowledge(10)
    expect(pic.pendingIrq()).toBe(-1)
    pic.write(0xa0, 0x62)
    pic.write(0x20, 0x62)
    expect(pic.pendingIrq()).toBe(10)
    pic.setLine(10, false)
    expect(pic.pendingIrq()).toBe(-1)
  })

  it('holds a masked line back until it is unmasked', () => {
    const pic = pair()
    pic.write(0xa1, 0xff)
    pic.setLine(10, true)
    expect(pic.pendingIrq()).toBe(-1)
    pic.write(0xa1, 0xfb)
    expect(pic.pendingIrq()).toBe(10)
  })

  it('prefers the timer to the slave and nests it inside', () => {
    const pic = pair()
    pic.setLine(10, true)
    pic.setLine(0, true)
    expect(pic.pendingIrq()).toBe(0)
    pic.acknowledge(0)
    expect(pic.pendingIrq()).toBe(-1) // the slave is lower than what is in service
    pic.write(0x20, 0x60)
    expect(pic.pendingIrq()).toBe(10)
    pic.acknowledge(10)
    pic.setLine(0, false)
    pic.setLine(0, true)
    expect(pic.pendingIrq()).toBe(0)
  })

  it('reads request and service registers by OCW3', () => {
    const pic = pair()
    pic.setLine(10, true)
    pic.write(0xa0, 0x0a)
    expect(pic.read(0xa0)).toBe(4)
    pic.acknowledge(10)
    pic.write(0xa0, 0x0b)
    expect(pic.read(0xa0)).toBe(4)
  })

  it('ends the highest interrupt in service on a non-specific command', () => {
    const pic = pair()
    pic.setLine(10, true)
    pic.acknowledge(10)
    pic.setLine(10, false)
    pic.write(0xa0, 0x20)
    pic.write(0x20, 0x20)
    pic.setLine(10, true)
    expect(pic.pendingIrq()).toBe(10)
  })
})
