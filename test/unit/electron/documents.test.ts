import { beforeEach, describe, expect, it } from 'vitest'
import type { Answer, ChangedAnswer, DocumentShell } from '../../../electron/documents'
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
  /** By path; a file that is not here has none. A write gives a new one. */
  stamps = new Map<string, string>()
  changedAnswers: ChangedAnswer[] = []
  reloads: boolean[] = []
  askedChanged: string[] = []
  settledTimes = 0
  notShown = 0

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
  async pick(path: string): Promise<PickedFile | null> {
    if (path.endsWith('perf.data')) return null
    const bytes = this.disk.get(path)
    if (!bytes) throw new PlainErrorException({ what: 'There is no such file.', where: path })
    const fileName = path.slice(path.lastIndexOf('/') + 1)
    return path.endsWith('.wsprof') ? { fileName, kind: 'session', bytes } : { fileName, kind: 'profile', sealedPath: `sealed ${path}` }
  }
  async write(path: string, bytes: Uint8Array) {
    if (this.readOnly.has(path)) throw new PlainErrorException({ what: 'The disk is read-only.', where: path })
    this.disk.set(path, bytes)
    this.stamps.set(path, `written ${++this.writes}`)
  }
  private writes = 0
  async stamp(path: string) { return this.stamps.get(path) ?? null }
  settled() { this.settledTimes++ }
  copyNotShown() { this.notShown++ }
  async askAboutChangedFile(name: string) {
    this.askedChanged.push(name)
    return this.changedAnswers.shift() ?? 'cancel'
  }
  async askToReload(name: string, dirty: boolean) {
    this.askedChanged.push(`${name} ${dirty ? 'dirty' : 'clean'}`)
    return this.reloads.shift() ?? false
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

  it('leaves everything as it is when the user does not want the file after all', async () => {
    await documents.open(['/d/perf.data'])
    expect(await documents.dropped('/d/perf.data')).toBeNull()
    expect(desk.events).toEqual([])
    expect(desk.recent).toEqual([])
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

describe('a file that somebody else changes', () => {
  const path = '/d/a.wsprof'
  beforeEach(async () => {
    desk.stamps.set(path, 'first')
    await openShown(path)
    documents.setDirty(true)
    desk.stamps.set(path, 'another')
    desk.disk.set(path, Uint8Array.of(4, 5))
  })

  it('is not written over without a word, and stays as it is when the user changes their mind', async () => {
    expect(await documents.save()).toBe(false)
    expect(desk.askedChanged).toEqual(['a.wsprof'])
    expect(desk.of('document:bytes-wanted')).toEqual([])
    expect(desk.disk.get(path)).toEqual(Uint8Array.of(4, 5))
    expect(documents.unsaved()).toMatchObject({ path })
  })

  it('is written over by the user\'s wish, and then it is ours again', async () => {
    desk.changedAnswers = ['overwrite']
    const saved = documents.save()
    await handOver()
    expect(await saved).toBe(true)
    expect(desk.disk.get(path)).toEqual(content)
    documents.setDirty(true)
    const again = documents.save()
    await handOver()
    expect(await again).toBe(true)
    expect(desk.askedChanged).toHaveLength(1)
  })

  it('is kept beside what is saved under another name', async () => {
    desk.changedAnswers = ['save-as']
    desk.saveChoices = ['/d/b.wsprof']
    const saved = documents.save()
    await handOver()
    expect(await saved).toBe(true)
    expect(desk.disk.get(path)).toEqual(Uint8Array.of(4, 5))
    expect(desk.disk.get('/d/b.wsprof')).toEqual(content)
    expect(desk.title).toBe('b.wsprof — Worldswitch')
  })

  it('is loaded again without asking about the changes once more', async () => {
    desk.changedAnswers = ['reload']
    expect(await documents.save()).toBe(false)
    const opened = desk.of('document:opened').at(-1)!
    expect(opened).toMatchObject({ kind: 'session', bytes: Uint8Array.of(4, 5) })
    documents.opened(opened.documentId, true)
    expect(desk.asked).toEqual([])
    expect(documents.unsaved()).toBeNull()
  })

  it('is left alone when it changes between the answer and the writing', async () => {
    desk.changedAnswers = ['overwrite']
    const saved = documents.save()
    await tick()
    desk.stamps.set(path, 'a third time')
    expect(await handOver()).toMatchObject({ saved: false, error: { what: expect.stringContaining('changed by another program') } })
    expect(await saved).toBe(false)
    expect(desk.disk.get(path)).toEqual(Uint8Array.of(4, 5))
  })

  it('is noticed when the user comes back, once for each change', async () => {
    await documents.lookAtFile()
    await documents.lookAtFile()
    expect(desk.askedChanged).toEqual(['a.wsprof dirty'])
    desk.stamps.set(path, 'a third time')
    desk.reloads = [true]
    await documents.lookAtFile()
    expect(desk.of('document:opened')).toHaveLength(2)
  })

  it('that is gone is told, asked about on close, and written again without a question', async () => {
    documents.setDirty(false)
    desk.stamps.delete(path)
    await documents.lookAtFile()
    expect(desk.of('problem').at(-1)?.error.what).toContain('no longer where it was')
    expect(await documents.mayReplace()).toBe(false)
    expect(desk.asked).toEqual(['a.wsprof'])
    const saved = documents.save()
    await handOver()
    expect(await saved).toBe(true)
    expect(desk.askedChanged).toEqual([])
  })
})

describe('copies of unsaved work', () => {
  it('are of the open document as long as something is unsaved', async () => {
    expect(documents.unsaved()).toBeNull()
    documents.setDirty(true)
    expect(documents.unsaved()).toEqual({ name: null, path: null, stamp: null })
    desk.saveChoices = ['/d/a.wsprof']
    const before = desk.settledTimes
    const saved = documents.save()
    await handOver()
    await saved
    expect(desk.settledTimes).toBe(before + 1)
    documents.setDirty(true)
    expect(documents.unsaved()).toEqual({ name: 'a.wsprof', path: '/d/a.wsprof', stamp: 'written 1' })
  })

  it('are not given up by a file that could not be opened, nor by a window that crashed', async () => {
    documents.setDirty(true)
    const before = desk.settledTimes
    desk.answers = ['discard']
    await documents.open(['/d/none.wsprof'])
    documents.windowLost()
    expect(desk.settledTimes).toBe(before)
  })

  const copy = { id: '0', savedAt: 0, name: 'a.wsprof', path: '/d/a.wsprof', stamp: 'then', bytes: Uint8Array.of(8) }

  it('open under their own name, unsaved, and ask when the file has changed since', async () => {
    await documents.openRecovered(copy)
    const opened = desk.of('document:opened').at(-1)!
    expect(opened).toMatchObject({ recovered: true, fileName: 'a.wsprof', bytes: Uint8Array.of(8) })
    const before = desk.settledTimes
    documents.opened(opened.documentId, true)
    expect(desk.settledTimes).toBe(before)
    expect(desk.title).toBe('• a.wsprof — Worldswitch')
    desk.stamps.set('/d/a.wsprof', 'now')
    expect(await documents.save()).toBe(false)
    expect(desk.askedChanged).toEqual(['a.wsprof'])
  })

  it('that hold less than they should keep their mark, and ask where', async () => {
    await documents.openRecovered(copy)
    documents.opened(desk.of('document:opened').at(-1)!.documentId, true)
    documents.adopted('a.wsprof')
    expect(documents.unsaved()).toEqual({ name: 'a.wsprof', path: null, stamp: null })
  })

  it('that cannot be shown stay', async () => {
    await documents.openRecovered(copy)
    documents.opened(desk.of('document:opened').at(-1)!.documentId, false)
    expect(desk.notShown).toBe(1)
    expect(desk.title).toBe('Untitled — Worldswitch')
  })
})
