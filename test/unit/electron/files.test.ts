import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { pickFile, readBytes, writeBytes } from '../../../electron/files'
import type { PlainError } from '../../../engine/plain-error'
import { PlainErrorException } from '../../../engine/plain-error'
import { kindOfFile } from '../../../engine/session/kind'
import { maxFileBytes } from '../../../engine/window-api'
import { unprivileged } from '../../support/unprivileged'

const folder = mkdtempSync(join(tmpdir(), 'worldswitch-files-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)

async function refusal(work: Promise<unknown>): Promise<PlainError> {
  const thrown = await work.then(() => null, (error: unknown) => error)
  if (!(thrown instanceof PlainErrorException)) throw new Error(`not refused in plain words: ${String(thrown)}`)
  return thrown.plain
}

describe('reading', () => {
  it('gives the bytes, and a buffer that holds nothing else', async () => {
    writeFileSync(at('small.txt'), 'hello')
    const bytes = await readBytes(at('small.txt'))
    expect(new TextDecoder().decode(bytes)).toBe('hello')
    expect(bytes.buffer.byteLength).toBe(5)
    writeFileSync(at('empty.txt'), '')
    expect(await readBytes(at('empty.txt'))).toHaveLength(0)
  })

  it('names what is missing, a folder, and what is too large', async () => {
    expect(await refusal(readBytes(at('none.txt')))).toMatchObject({
      what: 'none.txt could not be opened: there is no such file or folder.', where: at('none.txt'),
    })
    mkdirSync(at('folder'))
    expect((await refusal(readBytes(at('folder')))).what).toContain('it is a folder')
    writeFileSync(at('huge.txt'), '')
    truncateSync(at('huge.txt'), maxFileBytes + 1)
    expect((await refusal(readBytes(at('huge.txt')))).what).toContain('512 MB is the most')
    rmSync(at('huge.txt'))
  })
})

describe('writing', () => {
  it('replaces the file and leaves nothing beside it', async () => {
    mkdirSync(at('out'))
    const path = at('out/a.wsprof')
    const large = new Uint8Array(2.5 * 2 ** 20).map((_, i) => i % 251)
    await writeBytes(path, large)
    expect(Buffer.compare(readFileSync(path), large)).toBe(0)
    await writeBytes(path, Uint8Array.of(1))
    expect([...readFileSync(path)]).toEqual([1])
    expect(readdirSync(at('out'))).toEqual(['a.wsprof'])
  })

  it('fails in plain words and keeps the old file', async () => {
    const path = at('small.txt')
    const error = await refusal(writeBytes(join(path, 'below.wsprof'), Uint8Array.of(1)))
    expect(error.what).toBe('below.wsprof could not be saved: a part of the path is not a folder.')
    expect(error.kept).toContain('still open')
    expect(readFileSync(path, 'utf8')).toBe('hello')
  })

  it('puts nothing in the place of a folder or a pipe', async () => {
    mkdirSync(at('folder.wsprof'))
    expect((await refusal(writeBytes(at('folder.wsprof'), Uint8Array.of(1)))).what).toContain('it is a folder')
    execFileSync('mkfifo', [at('pipe.wsprof')])
    expect((await refusal(writeBytes(at('pipe.wsprof'), Uint8Array.of(1)))).what).toContain('it is no ordinary file')
    expect(statSync(at('pipe.wsprof')).isFIFO()).toBe(true)
  })
})

describe('a file that is opened', () => {
  const profiles = { seal: (path: string) => `sealed ${path}`, perfText: async () => null }
  const kindOf = async (name: string, content: string) => {
    writeFileSync(at(name), content)
    return (await pickFile(at(name), profiles))?.kind
  }

  it('is a machine or rules where it says so and is named .json, else a profile', async () => {
    expect(await kindOf('a.json', '{"format": "worldswitch.machine"}')).toBe('machine')
    expect(await kindOf('a.rules.json', '{"format": "worldswitch.rules/1"}')).toBe('rules')
    expect(await kindOf('b.rules.json', '{"format": "worldswitch.rules/2"}')).toBe('rules')
    expect(await kindOf('a.txt', '{"format": "worldswitch.rules/1"}')).toBe('profile')
    expect(await kindOf('b.json', '{"traceEvents": []}')).toBe('profile')
  })

  it('that may not be read, is a folder or is not there: the window says which, and that all is as it was', async () => {
    writeFileSync(at('secret.txt'), 'main;f 1\n', { mode: 0o000 })
    chmodSync(folder, 0o755)
    const kept = 'What was open is unchanged.'
    expect(await unprivileged(() => refusal(pickFile(at('secret.txt'), profiles)))).toMatchObject({ what: 'secret.txt could not be opened: permission denied.', kept })
    expect(await refusal(pickFile(folder, profiles))).toMatchObject({ what: expect.stringMatching(/could not be opened: it is a folder\.$/) as string, kept })
    expect(await refusal(pickFile(at('gone.txt'), profiles))).toMatchObject({ what: 'gone.txt could not be opened: there is no such file or folder.', kept })
  })
})

describe('the kind of a file', () => {
  it('is a session by extension or by being a zip, else a profile', () => {
    expect(kindOfFile('/d/A.WSPROF', new Uint8Array(0))).toBe('session')
    expect(kindOfFile('/d/renamed', Uint8Array.of(0x50, 0x4b, 3, 4, 9))).toBe('session')
    expect(kindOfFile('/d/perf.txt', Uint8Array.of(0x50))).toBe('profile')
  })
})
