import { describe, expect, test } from 'vitest'
import { Exports, suggestedName, type ExportShell } from '../../../electron/exports'
import { PlainErrorException } from '../../../engine/plain-error'

function shellOf(answer: string | null, write: (path: string) => void = () => undefined) {
  const asked: { folder: string | null; suggestion: string; extension: string }[] = []
  const shell: ExportShell = {
    choosePath: (kind, folder, suggestion) => {
      asked.push({ folder, suggestion, extension: kind.extension })
      return Promise.resolve(answer)
    },
    write: (path) => Promise.resolve().then(() => write(path)),
  }
  return { shell, asked }
}

describe('exports', () => {
  test('are written where the user said, and the next one begins in that folder', async () => {
    const written: string[] = []
    const { shell, asked } = shellOf('/home/me/pictures/a.svg', (path) => written.push(path))
    const exports = new Exports(shell)
    expect(await exports.save('a flame', 'svg', new Uint8Array([1]))).toEqual({ saved: true, fileName: 'a.svg' })
    await exports.save('a flame', 'png', new Uint8Array([1]))
    expect(written).toEqual(['/home/me/pictures/a.svg', '/home/me/pictures/a.svg'])
    expect(asked).toEqual([
      { folder: null, suggestion: 'a flame.svg', extension: '.svg' },
      { folder: '/home/me/pictures', suggestion: 'a flame.png', extension: '.png' },
    ])
  })

  test('nothing is written and nothing is wrong when the user changes their mind', async () => {
    const { shell } = shellOf(null, () => { throw new Error('written') })
    expect(await new Exports(shell).save('x', 'csv', new Uint8Array())).toEqual({ saved: false, error: null })
  })

  test('a full disk is told in the words of the writer', async () => {
    const plain = { what: 'x.csv could not be saved: the disk is full.', kept: 'as it was' }
    const { shell } = shellOf('/x.csv', () => { throw new PlainErrorException(plain) })
    expect(await new Exports(shell).save('x', 'csv', new Uint8Array())).toEqual({ saved: false, error: plain })
  })
})

describe('the suggested name', () => {
  test.each([
    ['VM/PC-733 optimized, flame', 'VM-PC-733 optimized, flame.png'],
    ['../../etc/passwd', 'etc-passwd.png'],
    ['/absolute', 'absolute.png'],
    ['done.PNG', 'done.png'],
    ['a\u0000b\nc', 'a-b-c.png'],
    ['C:\\x', 'C-x.png'],
    ['...', 'worldswitch.png'],
    ['', 'worldswitch.png'],
  ])('of %j is %j', (name, suggested) => expect(suggestedName(name, '.png')).toBe(suggested))

  test('never gets too long for a file system', () => {
    expect(new TextEncoder().encode(suggestedName('ä'.repeat(1000), '.png')).length).toBeLessThan(255)
  })
})
