import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { FileSource } from '../../../engine/formats/file-source'
import { notYet, SentPieces } from '../../../engine/formats/file-source'
import { importSteps } from '../../../engine/formats/open-profile'
import { PlainErrorException } from '../../../engine/plain-error'
import { newSealKey, openSealedPath, sealPath } from '../../../engine/sealed-path'
import { openSourceFile } from '../../../engine/source-file'

const folder = mkdtempSync(join(tmpdir(), 'worldswitch-source-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)
const stacks = (n: number) => Array.from({ length: n }, (_, i) => `main;call_${i};leaf ${i + 1}\n`).join('')
const someStacks = stacks(1000)

/** Imports in pieces of 1000 bytes; `meanwhile` is called after the first. */
function importWhile(name: string, meanwhile: (path: string) => void) {
  writeFileSync(at(name), someStacks)
  const source = openSourceFile(at(name), 1000)
  const steps = importSteps(name, source)
  try {
    steps.next()
    meanwhile(at(name))
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
    }
  } finally {
    source.close?.()
  }
}

function refusal(work: () => unknown) {
  try {
    work()
  } catch (thrown) {
    if (thrown instanceof PlainErrorException) return thrown.plain
    throw thrown
  }
  throw new Error('not refused')
}

describe('a file on the disk', () => {
  it('is read in pieces from beginning to end, and says how far', () => {
    const { report, profile } = importWhile('calm.folded', () => undefined)
    expect(report).toMatchObject({ bytes: someStacks.length, samplesKept: 1000, notUnderstood: 0 })
    expect(report.notes.filter((note) => note.startsWith('the file'))).toEqual([])
    expect(profile.frames.name).toContain('call_999')
  })
  it('that grows is read as far as it reached when it was opened, and that is said', () => {
    const { report } = importWhile('growing.folded', (path) => appendFileSync(path, 'main;late 1\n'))
    expect(report.samplesKept).toBe(1000)
    expect(report.notes).toContain(`the file grew while it was read: its first ${someStacks.length} bytes were read, it has ${someStacks.length + 12} now`)
  })
  it('that is deleted or replaced is read to its own end, and that is said', () => {
    const deleted = importWhile('deleted.folded', unlinkSync)
    expect(deleted.report.samplesKept).toBe(1000)
    expect(deleted.report.notes.join()).toContain('was deleted while it was read')
    const replaced = importWhile('replaced.folded', (path) => {
      writeFileSync(at('other'), 'x;y 1\n')
      renameSync(at('other'), path)
    })
    expect(replaced.report.samplesKept).toBe(1000)
    expect(replaced.report.notes.join()).toContain('was replaced while it was read')
  })
  it('that is written to is read, and that is said', () => {
    const { report } = importWhile('written.folded', (path) => utimesSync(path, 1, 1))
    expect(report.notes.join()).toContain('was written to while it was read')
  })
  it('that is cut is refused with how much is left of it', () => {
    expect(refusal(() => importWhile('cut.folded', (path) => truncateSync(path, 5000)))).toEqual({
      what: `The file became shorter while it was read: it had ${someStacks.length} bytes and ends after 5000 now.`,
      where: at('cut.folded'), todo: 'Open it again when whatever writes it has finished.',
    })
  })
  it('that is none is refused by name', () => {
    expect(refusal(() => openSourceFile(at('missing.txt'))).what).toBe('missing.txt could not be opened: there is no such file or folder.')
    mkdirSync(at('folder'))
    expect(refusal(() => openSourceFile(at('folder'))).what).toContain('it is a folder')
    expect(refusal(() => openSourceFile('/dev/null')).what).toContain('it is no ordinary file')
  })
  it('above the limit is refused with its size and the limit', () => {
    writeFileSync(at('huge.txt'), '')
    truncateSync(at('huge.txt'), 2100e6)
    const source = openSourceFile(at('huge.txt'))
    expect(refusal(() => importSteps('huge.txt', source).next()).what).toBe('The file has 2100 MB; the limit is 2000 MB.')
    source.close?.()
  })
})

describe('pieces from the window', () => {
  function collect(source: FileSource, give: () => void): string {
    let text = ''
    for (let piece = source.next(); piece !== null; piece = source.next()) {
      if (piece === notYet) give()
      else text += new TextDecoder().decode(piece)
    }
    return text
  }
  it('are asked for one by one, and what was not asked for is ignored', () => {
    const asked: number[] = []
    const pieces = new SentPieces(6, () => asked.push(1))
    pieces.put(Uint8Array.of(120))
    const parts = ['ab', 'cd', 'efgh']
    expect(collect(pieces, () => {
      expect(pieces.waiting()).toBe(true)
      pieces.put(new TextEncoder().encode(parts.shift()))
      pieces.put(Uint8Array.of(120))
      expect(pieces.waiting()).toBe(false)
    })).toBe('abcdef')
    expect(asked).toHaveLength(3)
  })
  it('end early with an empty one', () => {
    const pieces = new SentPieces(6, () => undefined)
    const parts = ['ab', '']
    expect(collect(pieces, () => pieces.put(new TextEncoder().encode(parts.shift())))).toBe('ab')
  })
})

describe('a sealed path', () => {
  const key = newSealKey()
  it('comes back with its key only, and shows nothing of the path', () => {
    const sealed = sealPath(key, '/home/ü/perf.txt')
    expect(openSealedPath(key, sealed)).toBe('/home/ü/perf.txt')
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('perf')
    expect(openSealedPath(newSealKey(), sealed)).toBeNull()
  })
  it('that was made or changed elsewhere is none', () => {
    const sealed = Buffer.from(sealPath(key, '/etc/hosts'), 'base64')
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed)
      changed[i]! ^= 1
      expect(openSealedPath(key, changed.toString('base64'))).toBeNull()
    }
    for (const text of ['', '/etc/passwd', 'L2V0Yy9wYXNzd2Q=', 'A'.repeat(60)]) expect(openSealedPath(key, text)).toBeNull()
  })
})
