import { Parcels, parcelsOf, postInSteps, type Parcel } from '../../engine/parcels'
import { PlainErrorException, type PlainError } from '../../engine/plain-error'
import type { EngineEvent, EngineRequest, JobValue, Progress } from '../../engine/protocol'

type WithoutJob<T> = T extends { job: number } ? Omit<T, 'job'> : never
export type JobRequest = WithoutJob<Exclude<EngineRequest, { type: 'cancel' | 'piece' }>>

/** A job that ended because somebody asked for it: nothing to report. */
export class JobCancelled extends Error {
  constructor() {
    super('cancelled')
    this.name = 'JobCancelled'
  }
}

export interface StartedJob {
  id: number
  value: Promise<JobValue>
}

/** What a job may ask of the window on its way, or tell it. */
export interface JobHelp {
  onPartial?(partial: unknown): void
  /** The next piece of the file that is read; an empty one when there is no more. */
  nextPiece?(): Promise<Uint8Array>
}

interface Pending {
  request: EngineRequest & { job: number }
  title: string
  sent: boolean
  /** All of it has been sent. */
  there: boolean
  help: JobHelp
  resolve(value: JobValue): void
  reject(error: Error): void
}

export interface EngineListeners {
  ready(engineVersion: string): void
  progress(job: number, progress: Progress): void
}

/** What this needs of a MessagePort; tests give their own. */
export interface EnginePort {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  start(): void
  close(): void
}

/**
 * The window's end of the engine. Every job ends in exactly one way, also when the engine dies: a port is not told
 * that its other end is gone, so the main process's word (`down`) is what fails the jobs in flight.
 */
export class EngineClient {
  private port: EnginePort | null = null
  private nextJob = 1
  private nextParcel = 1
  private readonly pending = new Map<number, Pending>()

  constructor(private readonly listeners: EngineListeners) {}

  attach(port: EnginePort): void {
    this.port?.close()
    this.port = port
    const parcels = new Parcels()
    port.addEventListener('message', ({ data }) => {
      const event = this.port === port ? parcels.hear(data) as EngineEvent | undefined : undefined
      if (event) this.receive(event)
    })
    port.start()
    for (const job of this.pending.values()) this.send(job)
  }

  /** Jobs that were with the engine fail; those still waiting for a port stay, unless there will be none. */
  down(reason: string, forGood: boolean): void {
    this.port?.close()
    this.port = null
    for (const [id, job] of this.pending) {
      if (!job.sent && !forGood) continue
      this.pending.delete(id)
      job.reject(new PlainErrorException(stoppedError(job.title, reason, forGood)))
    }
  }

  start(request: JobRequest, title: string, help: JobHelp = {}): StartedJob {
    const id = this.nextJob++
    const value = new Promise<JobValue>((resolve, reject) => {
      const job: Pending = { request: { ...request, job: id }, title, sent: false, there: false, help, resolve, reject }
      this.pending.set(id, job)
      this.send(job)
    })
    return { id, value }
  }

  cancel(id: number): void {
    const job = this.pending.get(id)
    if (!job) return
    if (job.there && this.port) {
      this.port.postMessage({ type: 'cancel', job: id })
      return
    }
    this.pending.delete(id)
    job.reject(new JobCancelled())
  }

  private send(job: Pending): void {
    const { port } = this
    if (!port || job.sent) return
    job.sent = true
    const parcel = this.nextParcel++
    const isWanted = () => {
      if (this.port !== port) return false
      const wanted = this.pending.get(job.request.job) === job
      if (!wanted) port.postMessage({ parcel, dropped: true } satisfies Parcel)
      return wanted
    }
    postInSteps(parcelsOf(parcel, job.request), ({ post }) => port.postMessage(post), isWanted, () => { job.there = true })
  }

  private receive(event: EngineEvent): void {
    if (event.type === 'ready') return this.listeners.ready(event.engineVersion)
    const job = this.pending.get(event.job)
    if (!job) return
    if (event.type === 'progress') return this.listeners.progress(event.job, event.progress)
    if (event.type === 'partial') return job.help.onPartial?.(event.partial)
    if (event.type === 'piece-wanted') return void this.sendPiece(event.job, job)
    this.pending.delete(event.job)
    if (event.type === 'done') job.resolve(event.value)
    else if (event.type === 'failed') job.reject(new PlainErrorException(event.error))
    else job.reject(new JobCancelled())
  }

  private async sendPiece(id: number, job: Pending): Promise<void> {
    const { port } = this
    try {
      const bytes = await job.help.nextPiece?.() ?? new Uint8Array(0)
      if (this.port === port) port?.postMessage({ type: 'piece', job: id, bytes })
    } catch (thrown) {
      port?.postMessage({ type: 'cancel', job: id })
      this.pending.delete(id)
      job.reject(thrown instanceof Error ? thrown : new Error(String(thrown)))
    }
  }
}

function stoppedError(title: string, reason: string, forGood: boolean): PlainError {
  return {
    what: `The engine stopped during "${title}": ${reason}.`,
    kept: 'Everything that was in the session before is still there.',
    todo: forGood ? 'Start the engine again with the button in the status bar, then repeat it.'
      : 'The engine is being started again: repeat it then.',
  }
}
