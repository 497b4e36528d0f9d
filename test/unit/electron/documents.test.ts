import { beforeEach, describe, expect, it } from 'vitest'
import type { Answer, DocumentShell } from '../../../electron/documents'
import { Documents } from '../../../electron/documents'
import { PlainErrorException } from '../../../engine/plain-error'
import type { PickedFile, WindowEvent } from '../../../engine/window-api'

/** A desktop whose user answers as told, with a disk in memory. */
class Desk implements DocumentShell {
  events: WindowEvent[] = []
  disk = new Map<string, Uint8Array>()
  readOnly = new Set<string>()
  answers: Answer[] = []
  saveChoices: (string | null)[] = []
  elsewhere: boolean[] = []
  asked: string[] = []
  suggestions: string[] = []
  title = ''
  recent: string[] = []

  send(event: WindowEvent) { this.events.push(event) }
  async askAboutChanges(name: string) {
    this.asked.push(name)
    return this.answers.shift() ?? 'cancel'
  }
  async chooseFilesToOpen() { return ['/d/picked.wsprof'] }
  async chooseFileToSave(suggestion: string) {
    this.suggestions.push(suggestion)
    return this.saveChoices.shift() ?? null
  }
  async offerSaveElsewhere() { return this.elsewhere.shift() ?? false }
  async pick(path: string): Promise<PickedFile> {
    const bytes = this.disk.get(path)
    if (!bytes) throw new PlainErrorException({ what: 'There is no such file.', where: path })
    const fileName = path.slice(path.lastIndexOf('/') + 1)
    return path.endsWith('.wsprof') ? { fileName, kind: 'session', bytes } : { fileName, kind: 'profile', sealedPath: `sealed ${path}` }
  }
  async write(path: string, bytes: Uint8Array) {
    if (this.readOnly.has(path)) throw new PlainErrorException({ what: 'The disk is read-only.', where: path })
    this.disk.set(path, bytes)
  }
  showTitle(title: string) { this.title = title }
  remember(path: string) { this.recent.unshift(path) }
  forget(path: string) { this.recent = this.recent.filter((other) => other !== path) }

  of<T extends WindowEvent['type']>(type: T) {
    return this.events.filter((event): event is Extract<WindowEvent, { type: T }> => event.type === type)
  }
}

const tick = () => new Promise<void>((resolve) => setImmediate(resolve))
const content = Uint8Array.of(1, 2, 3)
let desk: Desk
let documents: Documents

beforeEach(() => {
  desk = new Desk()
  documents = new Documents(desk)
  documents.showTitle()
})

/** The window's part of a save. */
async function handOver(bytes = content) {
  await tick()
  const wanted = desk.of('document:bytes-wanted').at(-1)
  if (!wanted) throw new Error('no bytes wanted')
  return documents.receive(wanted.saveId, bytes)
}

async function openShown(path: string) {
  desk.disk.set(path, content)
  await documents.open([path])
  const opened = desk.of('document:opened').at(-1)
  if (!opened) throw new Error('not opened')
  documents.opened(opened.documentId, true)
}

describe('title', () => {
  it('carries name and unsaved mark', async () => {
    expect(desk.title).toBe('Untitled — Worldswitch')
    documents.setDirty(true)
    expect(desk.title).toBe('• Untitled — Worldswitch')
    documents.setDirty(false)
    await openShown('/d/paper.wsprof')
    expect(desk.title).toBe('paper.wsprof — Worldswitch')
  })
})

describe('saving', () => {
  it('asks where the first time, then writes to the same place without asking', async () => {
    desk.saveChoices = ['/d/a.wsprof']
    documents.setDirty(true)
    const saved = documents.save()
    expect(await handOver()).toEqual({ saved: true, fileName: 'a.wsprof' })
    expect(await saved).toBe(true)
    expect(desk.disk.get('/d/a.wsprof')).toEqual(content)
    expect(desk.title).toBe('a.wsprof — Worldswitch')
    expect(desk.recent).toEqual(['/d/a.wsprof'])

    const again = documents.save()
    await handOver(Uint8Array.of(9))
    expect(await again).toBe(true)
    expect(desk.disk.get('/d/a.wsprof')).toEqual(Uint8Array.of(9))
    expect(desk.suggestions).toEqual(['Untitled.wsprof'])
  })

  it('does nothing when the user gives no place', async () => {
    documents.setDirty(true)
    expect(await documents.save()).toBe(false)
    expect(desk.of('document:bytes-wanted')).toEqual([])
    expect(desk.title).toBe('• Untitled — Worldswitch')
  })

  it('offers another place when writing fails, and keeps the mark until one works', async () => {
    await openShown('/ro/a.wsprof')
    desk.readOnly.add('/ro/a.wsprof')
    desk.elsewhere = [true]
    desk.saveChoices = ['/d/b.wsprof']
    documents.setDirty(true)
    const saved = documents.save()
    const first = await handOver()
    expect(first).toMatchObject({ saved: false, error: { what: 'The disk is read-only.' } })
    expect(desk.title).toBe('• a.wsprof — Worldswitch')
    await handOver()
    expect(await saved).toBe(true)
    expect(desk.title).toBe('b.wsprof — Worldswitch')
  })

  it('is given up when the window could not encode', async () => {
    await openShown('/d/a.wsprof')
    documents.setDirty(true)
    const saved = documents.save()
    await tick()
    documents.saveFailed(desk.of('document:bytes-wanted')[0]?.saveId ?? -1)
    expect(await saved).toBe(false)
    expect(desk.title).toBe('• a.wsprof — Worldswitch')
  })

  it('never writes one session into the file of another', async () => {
    await openShown('/d/a.wsprof')
    const saved = documents.save()
    await tick()
    documents.adopted('dropped.wsprof')
    expect(await handOver(Uint8Array.of(7))).toMatchObject({ saved: false })
    expect(await saved).toBe(false)
    expect(desk.disk.get('/d/a.wsprof')).toEqual(content)
  })

  it('does not take the name of a file that was written while another session came', async () => {
    await openShown('/d/a.wsprof')
    let written = () => { /* set below */ }
    desk.write = (path, bytes) => new Promise((resolve) => {
      written = () => { desk.disk.set(path, bytes); resolve() }
    })
    const saved = documents.save()
    const answer = handOver(Uint8Array.of(7))
    await tick()
    await tick()
    documents.adopted('dropped.wsprof')
    written()
    expect(await answer).toEqual({ saved: true, fileName: 'a.wsprof' })
    expect(await saved).toBe(true)
    expect(desk.disk.get('/d/a.wsprof')).toEqual(Uint8Array.of(7))
    expect(desk.title).toBe('dropped.wsprof — Worldswitch')
  })

  it('refuses bytes nobody asked for', async () => {
    expect(await documents.receive(99, content)).toMatchObject({ saved: false })
    expect(desk.disk.size).toBe(0)
  })
})

describe('closing with unsaved changes', () => {
  it('asks nothing when there are none', async () => {
    expect(await documents.mayReplace()).toBe(true)
    expect(desk.asked).toEqual([])
  })

  it.each([['discard', true], ['cancel', false]] as const)('%s gives %s', async (answer, may) => {
    documents.setDirty(true)
    desk.answers = [answer]
    expect(await documents.mayReplace()).toBe(may)
    expect(desk.asked).toEqual(['Untitled'])
  })

  it('closes after Save only when saving succeeded', async () => {
    await openShown('/d/a.wsprof')
    documents.setDirty(true)
    desk.readOnly.add('/d/a.wsprof')
    desk.answers = ['save', 'save']
    const refused = documents.mayReplace()
    await handOver()
    expect(await refused).toBe(false)
    desk.readOnly.clear()
    const agreed = documents.mayReplace()
    await handOver()
    expect(await agreed).toBe(true)
  })
})

describe('opening', () => {
  it('counts a session as open only when the window shows it', async () => {
    await openShown('/d/good.wsprof')
    desk.disk.set('/d/bad.wsprof', Uint8Array.of(0))
    await documents.open(['/d/bad.wsprof'])
    documents.opened(desk.of('document:opened').at(-1)?.documentId ?? -1, false)
    expect(desk.title).toBe('good.wsprof — Worldswitch')
    expect(desk.recent).toEqual(['/d/good.wsprof'])
  })

  it('adds a profile to what is open: no question, same name, same mark', async () => {
    await openShown('/d/a.wsprof')
    documents.setDirty(true)
    desk.disk.set('/d/perf.txt', content)
    await documents.open(['/d/perf.txt'])
    expect(desk.of('document:opened').at(-1)).toMatchObject({ kind: 'profile', fileName: 'perf.txt' })
    expect(desk.asked).toEqual([])
    expect(desk.title).toBe('• a.wsprof — Worldswitch')
  })

  it('asks about changes before a session replaces them, and leaves all alone on Cancel', async () => {
    documents.setDirty(true)
    desk.disk.set('/d/picked.wsprof', content)
    desk.answers = ['cancel', 'discard']
    await documents.openByDialog()
    expect(desk.of('document:opened')).toEqual([])
    await documents.openByDialog()
    expect(desk.of('document:opened')).toHaveLength(1)
  })

  it('says so and goes on when one of several files is missing', async () => {
    desk.recent = ['/d/gone.wsprof']
    desk.disk.set('/d/perf.txt', content)
    await documents.open(['/d/gone.wsprof', '/d/perf.txt'])
    expect(desk.of('problem').map((event) => event.error.what)).toEqual(['There is no such file.'])
    expect(desk.of('document:opened').map((event) => event.fileName)).toEqual(['perf.txt'])
    expect(desk.recent).toEqual(['/d/perf.txt'])
  })

  it('starts anew, untitled, only when changes are settled', async () => {
    await openShown('/d/a.wsprof')
    documents.setDirty(true)
    await documents.newDocument()
    expect(desk.of('document:new')).toEqual([])
    documents.setDirty(false)
    await documents.newDocument()
    expect(desk.of('document:new')).toHaveLength(1)
    expect(desk.title).toBe('Untitled — Worldswitch')
  })
})

describe('a window that crashed', () => {
  it('ends a save that waits for it, and names the file to open again', async () => {
    await openShown('/d/a.wsprof')
    documents.setDirty(true)
    const saved = documents.save()
    await tick()
    expect(documents.windowLost()).toEqual({ unsaved: true, reopen: ['/d/a.wsprof'] })
    expect(await saved).toBe(false)
    expect(await documents.mayReplace()).toBe(true)
  })
})
