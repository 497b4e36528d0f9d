import type { Profile } from '../../engine/profile/columns'
import type { SessionRun } from '../../engine/session/document'
import { describedRun, manifestOfTexts, type ProfilePart } from '../../engine/session/manifest'
import type { KeptResult, WindowApi } from '../../engine/window-api'
import { engine } from './engine'
import { notify } from './notices'
import { now, useWorkbench } from './store'

/** After a change: soon enough that a copy is never older than 5 s, late enough that typing makes one and not fifty. */
const keepAfterMilliseconds = 2000

/** A profile that cannot be encoded, or with which the engine dies, must not be tried for ever. */
const mostTries = 2

/** Sending a larger one to the engine takes more than a frame: that is not to be the one in which it is shown for the first time. */
const mostStacksAtOnce = 100_000

type Kept = ProfilePart | 'under way'

/**
 * Copies of unsaved work for the main process to keep. A profile never changes: it is encoded by the engine and handed
 * over once; a run's part of the manifest is written once as long as nothing of it changes. What is left for each copy is
 * text of notes, views and what was edited.
 */
export class RecoveryKeeper {
  private readonly parts = new WeakMap<Profile, Kept>()
  private readonly tries = new WeakMap<Profile, number>()
  private readonly texts = new WeakMap<SessionRun, string>()
  private timer: ReturnType<typeof setTimeout> | null = null
  private keptRevision = -1
  private working = false
  /** Told once: not again with every change while the disk stays full. */
  private told = false

  constructor(private readonly api: Pick<WindowApi, 'keepProfile' | 'keepCopy'>) {}

  /** Something may have changed. */
  notice(): void {
    const { dirty, revision } = now()
    if (!dirty || revision === this.keptRevision || this.timer !== null || this.working) return
    // they may be ready by then
    this.encodeNew()
    this.timer = setTimeout(() => {
      this.timer = null
      void this.keep()
    }, keepAfterMilliseconds)
  }

  private async keep(): Promise<void> {
    const { dirty, revision, document } = now()
    if (!dirty) return
    this.working = true
    try {
      const ready = document.runs.filter((run) => this.isReady(run))
      const profiles = ready.map((run) => this.parts.get(run.profile) as ProfilePart)
      // a run whose profile is still being encoded comes into the next copy: the rest does not wait for it
      const result = await this.api.keepCopy(manifestOfTexts(document, ready.map((run) => this.textOf(run))), profiles.map(({ sha256 }) => sha256))
      const missing = new Set(result.missing)
      for (const run of ready) if (missing.has((this.parts.get(run.profile) as ProfilePart).sha256)) this.parts.delete(run.profile)
      this.tell(result)
      if (result.missing.length === 0 && result.error === null) this.keptRevision = revision
    } finally {
      this.working = false
      this.notice()
    }
  }

  private encodeNew(): void {
    for (const { profile } of now().document.runs) {
      if (this.parts.has(profile) || (this.tries.get(profile) ?? 0) >= mostTries) continue
      this.parts.set(profile, 'under way')
      if (profile.stacks.parent.length <= mostStacksAtOnce) void this.encode(profile)
      else setTimeout(() => void this.encode(profile), keepAfterMilliseconds / 2)
    }
  }

  private isReady(run: SessionRun): boolean {
    const part = this.parts.get(run.profile)
    return part !== undefined && part !== 'under way'
  }

  private textOf(run: SessionRun): string {
    let text = this.texts.get(run)
    if (text === undefined) {
      text = JSON.stringify(describedRun(run, this.parts.get(run.profile) as ProfilePart))
      this.texts.set(run, text)
    }
    return text
  }

  private async encode(profile: Profile): Promise<void> {
    this.tries.set(profile, (this.tries.get(profile) ?? 0) + 1)
    try {
      const { value } = engine.start({ type: 'encode-profile', profile }, 'Keeping a copy')
      const answer = await value
      if (answer.kind !== 'profile-bytes') throw new Error(`the engine answered with ${answer.kind} where bytes were asked`)
      const { sha256, bytes } = answer
      const result = await this.api.keepProfile(sha256, bytes)
      this.tell(result)
      if (result.error !== null) {
        // a full disk is not the profile's fault
        this.tries.delete(profile)
        this.parts.delete(profile)
        return
      }
      this.parts.set(profile, { sha256, bytes: bytes.length })
      this.tries.delete(profile)
      this.keptRevision = -1
    } catch {
      // the engine went down, which has been told: the next change tries again
      this.parts.delete(profile)
      return
    }
    this.notice()
  }

  private tell({ error }: KeptResult): void {
    if (error !== null && !this.told) notify(error, 'warning')
    this.told = error !== null
  }
}

/** From now on every change is kept within seconds, until it is saved. */
export function keepCopies(api: WindowApi): void {
  const keeper = new RecoveryKeeper(api)
  useWorkbench.subscribe(() => keeper.notice())
}
