import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readWholeFile, writeFileAtomically } from '../../../engine/session/files'

const folder = mkdtempSync(join(tmpdir(), 'worldswitch-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('files', () => {
  it('are replaced whole and leave nothing beside them', async () => {
    const path = join(folder, 'a.wsprof')
    await writeFileAtomically(path, new Uint8Array([1, 2, 3]))
    await writeFileAtomically(path, new Uint8Array([9, 4, 5, 9]).subarray(1, 3))
    expect([...readFileSync(path)]).toEqual([4, 5])
    expect(readdirSync(folder)).toEqual(['a.wsprof'])
    expect([...await readWholeFile(path)]).toEqual([4, 5])
  })
  it('that cannot be read or written are named, with the reason', async () => {
    await expect(readWholeFile(join(folder, 'none'))).rejects.toMatchObject({
      plain: { what: 'The file cannot be read: there is no such file or folder.', where: join(folder, 'none') },
    })
    await expect(readWholeFile(folder)).rejects.toThrow('it is a folder')
    await expect(readWholeFile('/dev/zero')).rejects.toThrow('no ordinary file')
    const below = join(folder, 'a.wsprof', 'b')
    await expect(writeFileAtomically(below, new Uint8Array(1))).rejects.toMatchObject({
      plain: { where: below, kept: 'What was there before is unchanged.' },
    })
  })
  it('are read up to a limit', async () => {
    const path = join(folder, 'large')
    writeFileSync(path, new Uint8Array(2_000_001))
    await expect(readWholeFile(path, 2_000_000)).rejects.toThrow('The file has 2 MB')
  })
})
