import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Csr0, Lance } from '../../../engine/machine/lance'

/** A card with an init block at word 0, a transmit ring of 4 at word 64 and a receive ring of 4 at word 128. */
function card() {
  const memory = new Uint32Array(256)
  const lines: boolean[] = []
  const demands: number[] = []
  const lance = new Lance(memory, { interruptLine: (level) => lines.push(level), transmitDemand: () => demands.push(1) })
  memory[0] = (2 << 28) | (2 << 20)
  memory[5] = 128 * 4
  memory[6] = 64 * 4
  const csr = (register: number, value: number) => { lance.writeRap(register); lance.writeRdp(value) }
  csr(1, 0)
  csr(2, 0)
  csr(0, Csr0.Init)
  return { memory, lance, lines, demands, csr }
}

const own = 0x80000000
const giveTransmit = (memory: Uint32Array, slot: number, bytes: number) => {
  memory[64 + slot * 4 + 1] = own | ((0x10000 - bytes) & 0xffff)
}

describe('the Lance', () => {
  it('reports the end of initialisation, and clears it by writing one', () => {
    const { lance, csr } = card()
    lance.writeRap(0)
    expect(lance.readRdp() & Csr0.Idon).toBe(Csr0.Idon)
    csr(0, Csr0.Idon | Csr0.Strt)
    expect(lance.readRdp() & (Csr0.Idon | Csr0.Rxon | Csr0.Txon)).toBe(Csr0.Rxon | Csr0.Txon)
  })

  it('drives its line only while INEA is set and a cause is not masked in CSR3', () => {
    const { lance, lines, memory, csr } = card()
    csr(0, Csr0.Idon | Csr0.Strt | Csr0.Inea)
    giveTransmit(memory, 0, 100)
    lance.completeTransmit()
    lance.endTransmit()
    expect(lines.at(-1)).toBe(true)
    csr(3, Csr0.Tint)
    expect(lines.at(-1)).toBe(false)
    csr(3, 0)
    expect(lines.at(-1)).toBe(true)
    csr(0, Csr0.Tint) // clears the cause; INEA is written as zero
    expect(lines.at(-1)).toBe(false)
    expect(lance.readRdp() & (Csr0.Tint | Csr0.Inea)).toBe(0)
  })

  it('hands out frames in ring order and gives each descriptor back', () => {
    const { lance, memory, demands, csr } = card()
    csr(0, Csr0.Idon | Csr0.Strt | Csr0.Inea)
    giveTransmit(memory, 0, 1514)
    giveTransmit(memory, 1, 60)
    csr(0, Csr0.Inea | Csr0.Tdmd)
    expect(demands).toHaveLength(1)
    expect(lance.ownedTransmits()).toBe(2)
    expect(lance.nextTransmitBytes()).toBe(1514)
    lance.completeTransmit()
    expect(memory[64 + 1]! >= own).toBe(false)
    expect(lance.nextTransmitBytes()).toBe(60)
    lance.completeTransmit()
    expect(lance.nextTransmitBytes()).toBe(-1)
  })

  it('receives into the descriptors that it owns, and says MISS when there is none', () => {
    const { lance, memory, csr } = card()
    memory[128 + 1] = own
    csr(0, Csr0.Idon | Csr0.Strt | Csr0.Inea)
    expect(lance.receive(66)).toBe(true)
    expect(memory[128 + 2]).toBe(66)
    expect(memory[128 + 1]! >= own).toBe(false)
    expect(lance.receive(66)).toBe(false)
    lance.writeRap(0)
    expect(lance.readRdp() & (Csr0.Rint | Csr0.Miss | Csr0.Err)).toBe(Csr0.Rint | Csr0.Miss | Csr0.Err)
  })

  it('is silent after STOP and after a read of the reset port', () => {
    const { lance, memory, csr, lines } = card()
    csr(0, Csr0.Idon | Csr0.Strt | Csr0.Inea)
    giveTransmit(memory, 0, 100)
    csr(0, Csr0.Stop)
    expect(lance.nextTransmitBytes()).toBe(-1)
    lance.reset()
    expect(lance.readRap()).toBe(0)
    expect(lines.at(-1) ?? false).toBe(false)
  })
})

describe('the Lance under a real driver (Linux 6.1 pcnet32 with NAPI, QEMU register trace)', () => {
  /**
   * Replays the trace's accesses; a frame is ready at each transmit demand. Which received frames came when, the
   * log does not say: only transmits raise interrupts here.
   */
  function replay() {
    const memory = new Uint32Array(0x2a00000 / 4)
    const transmitRing = 0x100000, receiveRing = 0x200000
    let transmits = 0, rises = 0, next = 0, ringLength = 0
    const lance: Lance = new Lance(memory, {
      interruptLine: (level) => { if (level) rises++ },
      transmitDemand: () => {
        while (lance.nextTransmitBytes() > 0) { lance.completeTransmit(); transmits++ }
        lance.endTransmit()
      },
    })
    const log = gunzipSync(readFileSync(new URL('../../fixtures/pcnet-tx.log.gz', import.meta.url))).toString()
    const selected = new Map<string, number>()
    let accesses = 0, logRises = 0, unmatched = 0
    const masked: number[] = []
    for (const line of log.split('\n')) {
      if (line.includes('INTA=1<=0')) logRises++
      const access = /pcnet_ioport_(read|write) opaque=\S+ addr=(0x\w+)(?: data=(0x\w+))? size=2/.exec(line)
      if (!access) continue
      accesses++
      const [, kind, address, text] = access as unknown as [string, string, string, string | undefined]
      const data = Number(text ?? 0)
      const name = `${kind} ${address} ${address === '0x12' ? '' : `${lance.readRap()}`}`
      selected.set(name, (selected.get(name) ?? 0) + 1)
      if (kind === 'write') {
        if (address === '0x12') lance.writeRap(data)
        else if (address === '0x16') lance.writeBdp(data)
        else if (address === '0x10') {
          const register = lance.readRap()
          if (register === 0 && data & Csr0.Init) {
            const block = (lance.csr[1]! | (lance.csr[2]! << 16)) >>> 2
            memory[block] = (4 << 28) | (5 << 20)
            memory[block + 5] = receiveRing
            memory[block + 6] = transmitRing
            ringLength = 16
            next = 0
          }
          if (register === 0 && data & Csr0.Tdmd) {
            memory[transmitRing / 4 + (next++ % ringLength) * 4 + 1] = own | ((0x10000 - 1090) & 0xffff)
          }
          if (register === 3) masked.push(data)
          lance.writeRdp(data)
        } else unmatched++
      } else if (address === '0x12') lance.readRap()
      else if (address === '0x10') lance.readRdp()
      else if (address === '0x16') lance.readBdp()
      else if (address === '0x14') lance.reset()
      else unmatched++
    }
    return { transmits, rises, accesses, logRises, unmatched, masked, selected }
  }

  const seen = replay()

  it('accepts every access and counts the log\'s transmits', () => {
    expect(seen.unmatched).toBe(0)
    expect(seen.accesses).toBe(16368 + 10227 + 6130 + 5 + 5 + 2 + 1)
    expect(seen.transmits).toBe(2055)
  })

  it('follows the address register: accesses by register as an independent script counted them', () => {
    expect(seen.selected.get('write 0x10 0')).toBe(6123)
    expect(seen.selected.get('read 0x10 0')).toBe(2035)
    expect(seen.selected.get('read 0x10 3')).toBe(4066)
    expect(seen.selected.get('write 0x10 3')).toBe(4066)
  })

  it('masks and unmasks through CSR3 as NAPI does', () => {
    expect(seen.masked.filter((value) => value === 0x5f00)).toHaveLength(2033)
  })

  it('raises its line about as often as the log (within 5 %)', () => {
    expect(seen.logRises).toBe(2033)
    expect(Math.abs(seen.rises - seen.logRises) / seen.logRises).toBeLessThan(0.05)
  })
})
