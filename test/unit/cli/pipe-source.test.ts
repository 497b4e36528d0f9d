import { describe, expect, it } from 'vitest'
import { PipeSource } from '../../../engine/cli/pipe-source'
import { openPipe, wholePipe } from '../../../engine/cli/streams'
import { importSteps, type ImportedProfile } from '../../../engine/formats/open-profile'
import { gzip } from '../../../engine/formats/gzip'
import { bytesOf } from '../formats/readers'

/** Gives pieces one by one, and counts those that were asked for. */
class Pieces implements AsyncIterator<Uint8Array> {
  asked = 0
  returned = false
  constructor(private readonly pieces: readonly Uint8Array[], private readonly fault?: Error) {}

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const value = this.pieces[this.asked++]
    if (value) return Promise.resolve({ done: false, value })
    return this.fault ? Promise.reject(this.fault) : Promise.resolve({ done: true, value: undefined })
  }

  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.returned = true
    return Promise.resolve({ done: true, value: undefined })
  }
}

async function imported(source: PipeSource, onStep: () => void = () => undefined): Promise<ImportedProfile> {
  const steps = importSteps('piped', source)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    onStep()
    if (source.waiting()) await source.more()
  }
}

const stacks = Array.from({ length: 20_000 }, (_, i) => `main;call_${i % 500};leaf ${i + 1}\n`).join('')
const cut = (bytes: Uint8Array, size: number) => Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size))

describe('a pipe', () => {
  it.each([['plain', bytesOf(stacks)], ['gzip', gzip(bytesOf(stacks))]])('is read piece by piece, none before the one before was used: %s', async (_, bytes) => {
    const pieces = new Pieces(cut(bytes, 1000))
    const source = new PipeSource(pieces, 'standard input')
    expect(await source.beginning(4)).toEqual(bytes.subarray(0, 4))
    let steps = 0
    const { report } = await imported(source, () => {
      steps++
      expect(pieces.asked).toBeLessThanOrEqual(steps + 1)
    })
    expect(report).toMatchObject({ samplesKept: 20_000, bytes: bytes.length, format: 'folded' })
    expect(steps).toBeGreaterThanOrEqual(pieces.asked - 1)
  })
  it('that begins with tiny pieces shows its beginning all the same', async () => {
    const source = new PipeSource(new Pieces(cut(bytesOf('main;f 1\n'), 1)), 'x')
    expect(new TextDecoder().decode(await source.beginning(4))).toBe('main')
    expect((await imported(source)).report.samplesKept).toBe(1)
    expect(await new PipeSource(new Pieces([]), 'x').beginning(4)).toHaveLength(0)
  })
  it('that breaks, or has more than the limit, says so', async () => {
    const broken = new PipeSource(new Pieces([bytesOf('main;f 1\n')], new Error('read EIO')), 'standard input')
    await expect(imported(broken)).rejects.toThrow('The input cannot be read: read EIO.')
    const huge = new PipeSource(new Pieces(new Array<Uint8Array>(2001).fill(new Uint8Array(1_000_000))), 'standard input')
    await expect((async () => {
      for (;;) {
        await huge.more()
        huge.next()
      }
    })()).rejects.toThrow('it has more than 2000 MB, which is the limit')
    await expect(wholePipe(new PipeSource(new Pieces([new Uint8Array(3 << 20)]), 'x'), 1 << 20)).rejects.toThrow('it has more than 1 MB')
  })
  it('that is closed tells whoever writes into it', () => {
    const pieces = new Pieces([bytesOf('x')])
    new PipeSource(pieces, 'x').close()
    expect(pieces.returned).toBe(true)
  })
  it('is no terminal', () => {
    const before = process.stdin.isTTY
    process.stdin.isTTY = true
    try {
      expect(() => openPipe()).toThrow('Nothing is piped in.')
    } finally {
      process.stdin.isTTY = before
    }
  })
})
