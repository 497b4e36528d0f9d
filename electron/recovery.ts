import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { PlainErrorException } from '../engine/plain-error'
import { readWholeFile, writeFileAtomically } from '../engine/session/files'
import { manifestPath } from '../engine/session/schema'
import { packZip, type ZipPart } from '../engine/session/zip'
import { stampOf } from './file-stamp'

/** What a copy is of: nothing of it comes from the window. */
const aboutSchema = z.object({
  format: z.literal('worldswitch.recovery'),
  version: z.literal(1),
  /** The document's name and file; null while it has none. */
  name: z.string().nullable(),
  path: z.string().nullable(),
  /** What the file was like when it was opened or saved (file-stamp.ts). */
  stamp: z.string().nullable(),
  /** Milliseconds since 1970. */
  savedAt: z.number(),
})
export type CopyOf = Pick<z.infer<typeof aboutSchema>, 'name' | 'path' | 'stamp'>

export interface FoundCopy extends CopyOf {
  id: string
  savedAt: number
}

export interface RecoveredSession extends FoundCopy {
  /** A session file. */
  bytes: Uint8Array
}

/** What of a manifest is needed to put the session together; the engine checks the rest when it opens it. */
const partsSchema = z.object({
  runs: z.array(z.object({
    profile: z.object({ path: z.string().regex(/^profiles\/[A-Za-z0-9_-]{1,64}\.pb\.gz$/), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  })),
})

const copyFile = 'copy'
const digestName = /^([0-9a-f]{64})\.pb\.gz$/
const folderName = /^[0-9a-f]{12}$/

/**
 * Copies of unsaved work in the user's data folder, a folder a window. It holds each profile once, under its digest, and
 * one small file that changes: a line about the document, then the session's manifest. So a change of a note never
 * writes a profile again. Every file is written whole or not at all (engine/session/files.ts).
 *
 * What belongs to no window that is open is left from one that crashed: only one Worldswitch at a time uses a data
 * folder (requestSingleInstanceLock).
 */
export class RecoveryCopies {
  private id = newId()
  private made = false
  private kept = new Set<string>()
  private hasCopy = false
  private ended = false
  private queue: Promise<unknown> = Promise.resolve()

  constructor(private readonly root: string) {}

  /** A profile's entry as the session file will have it. */
  keepProfile(sha256: string, bytes: Uint8Array): Promise<void> {
    return this.inOrder(async () => {
      if (this.ended || this.kept.has(sha256)) return
      await this.make()
      await writeFileAtomically(this.profile(this.id, sha256), bytes)
      this.kept.add(sha256)
    })
  }

  /** `named`: digests of the manifest's profiles. Answers those that are not here; then nothing was written. */
  keep(about: () => CopyOf | null, manifest: string, named: readonly string[]): Promise<{ kept: boolean; missing: string[] }> {
    return this.inOrder(async () => {
      // asked now and not when the window did: it may have been saved in the meantime
      const of = about()
      if (this.ended || of === null) return { kept: false, missing: [] }
      const missing = named.filter((sha256) => !this.kept.has(sha256))
      if (missing.length > 0) return { kept: false, missing }
      await this.make()
      const line = JSON.stringify({ format: 'worldswitch.recovery', version: 1, ...of, savedAt: Date.now() } satisfies z.infer<typeof aboutSchema>)
      await writeFileAtomically(this.file(this.id, copyFile), new TextEncoder().encode(`${line}\n${manifest}`))
      this.hasCopy = true
      await this.dropProfilesBut(new Set(named))
      return { kept: true, missing: [] }
    })
  }

  /** Everything is saved: there is nothing to offer. The profiles stay for the next change. */
  clean(): Promise<void> {
    return this.inOrder(async () => {
      if (!this.hasCopy) return
      this.hasCopy = false
      await rm(this.file(this.id, copyFile), { force: true })
    })
  }

  /** The window closes by the user's wish: nothing is left of it. */
  end(): Promise<void> {
    this.ended = true
    return this.inOrder(() => rm(this.folder(this.id), { recursive: true, force: true }))
  }

  /** This window's newest copy, for when it has to be loaded again. */
  own(): Promise<RecoveredSession | null> {
    return this.inOrder(async () => (this.hasCopy ? this.read(this.id) : null))
  }

  /** Copies of windows that are gone, the newest first. Folders without a copy are cleared away; one that cannot be read stays. */
  async found(): Promise<FoundCopy[]> {
    const names = await readdir(this.root).catch(() => [])
    const copies: FoundCopy[] = []
    for (const id of names.filter((name) => folderName.test(name) && name !== this.id)) {
      const read = await this.readCopy(id)
      if (read) copies.push({ id, ...read.about })
      else if (await stampOf(this.file(id, copyFile)) === null) await this.discard(id)
    }
    return copies.sort((a, b) => b.savedAt - a.savedAt)
  }

  discard(id: string): Promise<void> {
    return this.inOrder(() => rm(this.folder(id), { recursive: true, force: true }))
  }

  /** A copy as a session file. Profiles that are missing are left out: opening it says which. */
  async read(id: string): Promise<RecoveredSession | null> {
    const read = await this.readCopy(id)
    if (!read) return null
    const parts: ZipPart[] = [{ path: manifestPath, bytes: new TextEncoder().encode(read.manifest), stored: false }]
    for (const { path, sha256 } of partsOf(read.manifest)) {
      const bytes = await readWholeFile(this.profile(id, sha256)).catch(() => null)
      if (bytes && !parts.some((part) => part.path === path)) parts.push({ path, bytes, stored: true })
    }
    return { id, ...read.about, bytes: packZip(parts) }
  }

  /** This window goes on where the one that is gone stopped: its copy is this window's now. */
  adopt(id: string): Promise<void> {
    return this.inOrder(async () => {
      if (id === this.id) return
      const names = await readdir(this.folder(id))
      if (this.made) await rm(this.folder(this.id), { recursive: true, force: true })
      this.id = id
      this.made = true
      this.hasCopy = true
      this.kept = new Set(names.flatMap((name) => digestName.exec(name)?.[1] ?? []))
    })
  }

  /** What was adopted could not be shown: it stays for a later start, and this window has a folder of its own. */
  letGo(): Promise<void> {
    return this.inOrder(async () => {
      this.id = newId()
      this.made = this.hasCopy = false
      this.kept = new Set()
    })
  }

  private async make(): Promise<void> {
    if (this.made) return
    await mkdir(this.folder(this.id), { recursive: true, mode: 0o700 })
    this.made = true
  }

  private async dropProfilesBut(named: ReadonlySet<string>): Promise<void> {
    for (const sha256 of [...this.kept].filter((one) => !named.has(one))) {
      this.kept.delete(sha256)
      await rm(this.profile(this.id, sha256), { force: true })
    }
  }

  /** Null: there is none, or none that could be read by anybody. */
  private async readCopy(id: string): Promise<{ about: CopyOf & { savedAt: number }; manifest: string } | null> {
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await readWholeFile(this.file(id, copyFile)))
      const end = text.indexOf('\n')
      const { name, path, stamp, savedAt } = aboutSchema.parse(JSON.parse(text.slice(0, end)))
      const manifest = text.slice(end + 1)
      partsOf(manifest)
      return { about: { name, path, stamp, savedAt }, manifest }
    } catch (thrown) {
      if (thrown instanceof PlainErrorException || thrown instanceof SyntaxError || thrown instanceof TypeError || thrown instanceof z.ZodError) return null
      throw thrown
    }
  }

  private folder(id: string): string {
    return join(this.root, id)
  }

  private file(id: string, name: string): string {
    return join(this.root, id, name)
  }

  private profile(id: string, sha256: string): string {
    return this.file(id, `${sha256}.pb.gz`)
  }

  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work)
    this.queue = result.catch(() => undefined)
    return result
  }
}

function partsOf(manifest: string): { path: string; sha256: string }[] {
  return partsSchema.parse(JSON.parse(manifest)).runs.map(({ profile }) => profile)
}

function newId(): string {
  return randomBytes(6).toString('hex')
}
