import { parcelsOf, postInSteps, type Posted } from '../../engine/parcels'
import { PlainErrorException, plainErrorOf, type PlainError } from '../../engine/plain-error'
import type { Profile } from '../../engine/profile/columns'
import { makeTrees, type TreeAnswer, type TreeArgs, type TreeKind } from '../../engine/profile/tree-work'
import { unpacked, type FromTrees, type ToTrees } from './trees-parcel'

/** What this needs of a Worker; tests give their own. */
export interface TreesThread {
  postMessage(message: unknown, transfer?: ArrayBuffer[]): void
  addEventListener(type: 'message', listener: (event: { data: FromTrees }) => void): void
  addEventListener(type: 'error', listener: (event: { message?: string; preventDefault?(): void }) => void): void
  terminate(): void
}

/** Up to this many stacks all trees of a profile take some 20 ms together: the page makes them itself, within the frame. */
export const mostStacksHere = 20_000

/** Of each profile this many answers are kept beside those that are on screen, so that going back and forth is free. */
const mostKept = 8
/** Fewer of a large profile: an answer has some 70 bytes a node. */
const mostKeptLarge = 2

interface Question {
  key: string
  kind: TreeKind
  profiles: readonly Profile[]
  args: TreeArgs<TreeKind>
}

interface Entry extends Question {
  state: 'idle' | 'waiting' | 'running' | 'made' | 'failed'
  /** Views that show it or wait for it. */
  users: number
  answer?: TreeAnswer<TreeKind>
  error?: PlainError
  job: number
}

/**
 * What is made of profiles for the window to show, by kind and arguments: of a small profile at once, of a large one in a
 * thread of its own, which is started with the first question. One question is with the thread at a time; one that nobody
 * waits for any more is not asked, and where it is being worked on while another waits, the thread is ended and a new one
 * takes the next: an answer that comes is always one that somebody asked for. Answers live as long as their profiles.
 */
export class TreesClient {
  private readonly entries = new WeakMap<Profile, Map<string, Entry>>()
  private readonly ids = new WeakMap<Profile, number>()
  private nextId = 1
  private nextJob = 1
  private thread: TreesThread | null = null
  /** Profiles that the present thread has. */
  private sent = new Set<number>()
  private waiting: Entry[] = []
  private running: Entry | null = null
  private readonly listeners = new Set<() => void>()
  private readonly gone = new FinalizationRegistry((id: number) => {
    if (this.sent.delete(id)) this.thread?.postMessage({ type: 'forget', id })
  })

  constructor(private readonly start: () => TreesThread, private readonly changed: () => void, private readonly most = mostStacksHere) {}

  /** Whether the page makes it itself. */
  isSmall(profiles: readonly Profile[]): boolean {
    return profiles.reduce((sum, { stacks }) => sum + stacks.parent.length, 0) <= this.most
  }

  /** A large profile is on its way: the thread starts while it is being read. */
  prepare(): void {
    this.thread ??= this.begin()
  }

  /** The answer, the same object each time; null while there is none. Asks nobody. */
  now<Kind extends TreeKind>(kind: Kind, profiles: readonly Profile[], args: TreeArgs<Kind>): TreeAnswer<Kind> | null {
    const entry = this.entryOf(kind, profiles, args)
    if (entry.state === 'idle' && this.isSmall(profiles)) this.finish(entry, makeTrees(kind, profiles, args))
    return (entry.answer ?? null) as TreeAnswer<Kind> | null
  }

  /** Why there is no answer; null: there is one, or there will be. */
  failure<Kind extends TreeKind>(kind: Kind, profiles: readonly Profile[], args: TreeArgs<Kind>): PlainError | null {
    return this.entryOf(kind, profiles, args).error ?? null
  }

  /** Asks for an answer and keeps it until the function that comes back is called. */
  want<Kind extends TreeKind>(kind: Kind, profiles: readonly Profile[], args: TreeArgs<Kind>): () => void {
    const entry = this.entryOf(kind, profiles, args)
    entry.users++
    if (!this.isSmall(profiles) && (entry.state === 'idle' || entry.state === 'failed')) {
      entry.state = 'waiting'
      delete entry.error
      this.waiting.push(entry)
    }
    this.serve()
    return () => this.release(entry)
  }

  /** Waits for it; null once it is given up. Throws a PlainErrorException where it cannot be made. */
  async later<Kind extends TreeKind>(
    kind: Kind, profiles: readonly Profile[], args: TreeArgs<Kind>, signal?: AbortSignal,
  ): Promise<TreeAnswer<Kind> | null> {
    const release = this.want(kind, profiles, args)
    try {
      while (!signal?.aborted) {
        const entry = this.entryOf(kind, profiles, args)
        const answer = this.now(kind, profiles, args)
        if (entry.state === 'made') return answer as TreeAnswer<Kind>
        if (entry.error) throw new PlainErrorException(entry.error)
        await this.news(signal)
      }
      return null
    } finally {
      release()
    }
  }

  /** For views: called whenever an answer has come, or why there is none. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => { this.listeners.delete(listener) }
  }

  private news(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const heard = () => {
        forget()
        resolve()
      }
      const forget = this.subscribe(heard)
      signal?.addEventListener('abort', heard, { once: true })
    })
  }

  private entryOf(kind: TreeKind, profiles: readonly Profile[], args: TreeArgs<TreeKind>): Entry {
    const [first] = profiles
    if (!first) throw new RangeError('a tree is made of a profile')
    let ofFirst = this.entries.get(first)
    if (!ofFirst) this.entries.set(first, ofFirst = new Map())
    const key = `${kind} ${profiles.map((profile) => this.idOf(profile)).join(' ')} ${JSON.stringify(args)}`
    const entry = ofFirst.get(key) ?? { key, kind, profiles, args, state: 'idle', users: 0, job: 0 }
    // the newest last: what was not asked for the longest goes first
    ofFirst.delete(key)
    ofFirst.set(key, entry)
    return entry
  }

  private idOf(profile: Profile): number {
    let id = this.ids.get(profile)
    if (id === undefined) {
      this.ids.set(profile, id = this.nextId++)
      this.gone.register(profile, id)
    }
    return id
  }

  private release(entry: Entry): void {
    entry.users--
    if (entry.users > 0) return
    if (entry.state === 'waiting') {
      this.waiting = this.waiting.filter((one) => one !== entry)
      entry.state = 'idle'
    }
    this.tidy(entry)
  }

  /** Lets go of what is neither shown nor among the newest. */
  private tidy({ profiles }: Entry): void {
    const ofFirst = this.entries.get(profiles[0]!)
    const unused = [...ofFirst?.values() ?? []].filter(({ users, state }) => users === 0 && state !== 'running')
    const most = this.isSmall(profiles) ? mostKept : mostKeptLarge
    const made = unused.filter(({ state }) => state === 'made').slice(-most)
    for (const entry of unused) if (!made.includes(entry)) ofFirst?.delete(entry.key)
  }

  private serve(): void {
    const [next] = this.waiting
    if (!next) return
    if (this.running) {
      if (this.running.users > 0) return
      this.running.state = 'idle'
      this.end()
    }
    this.waiting.shift()
    this.running = next
    next.state = 'running'
    next.job = this.nextJob++
    const thread = this.thread ??= this.begin()
    postInSteps(this.messagesOf(next), ({ post, transfer }) => thread.postMessage(post, transfer), () => this.thread === thread && this.running === next)
  }

  private *messagesOf({ job, kind, profiles, args }: Entry): Generator<Posted, void, void> {
    for (const profile of profiles) {
      const id = this.idOf(profile)
      if (this.sent.has(id)) continue
      yield* parcelsOf(id, { type: 'profile', id, profile } satisfies ToTrees)
      this.sent.add(id)
    }
    yield { post: { type: 'make', job, kind, profiles: profiles.map((profile) => this.idOf(profile)), args } satisfies ToTrees, transfer: [] }
  }

  private begin(): TreesThread {
    const thread = this.start()
    thread.addEventListener('message', ({ data }) => {
      if (this.thread === thread) this.heard(data)
    })
    thread.addEventListener('error', (event) => {
      event.preventDefault?.()
      if (this.thread === thread) this.broken(event.message ?? 'no reason was given')
    })
    return thread
  }

  private end(): void {
    this.thread?.terminate()
    this.thread = null
    this.sent = new Set()
    this.running = null
  }

  private heard(event: FromTrees): void {
    const entry = this.running
    if (!entry || entry.job !== event.job) return
    this.running = null
    if (event.type === 'made') this.finish(entry, unpacked(event.answer, entry.profiles))
    else this.fail(entry, event.error)
    this.serve()
    this.tell()
  }

  /** The thread ended by itself, as it does without memory: what it was asked fails, and the next question starts another. */
  private broken(reason: string): void {
    const entry = this.running
    this.end()
    if (entry) this.fail(entry, plainErrorOf(new Error(reason)))
    this.serve()
    this.tell()
  }

  private finish(entry: Entry, answer: TreeAnswer<TreeKind>): void {
    entry.state = 'made'
    entry.answer = answer
    this.tidy(entry)
  }

  private fail(entry: Entry, error: PlainError): void {
    entry.state = 'failed'
    const names = entry.profiles.map(({ name }) => name).join(' and ')
    entry.error = {
      what: `Nothing new can be shown of ${names}: ${error.what}`,
      kept: 'The profile is whole, and so is the rest of the session.',
      todo: 'Choose another weight, thread or step, or close other runs if memory is short.',
    }
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener()
    this.changed()
  }
}
