import * as z from 'zod'
import type { ExperimentId, ExperimentStep, Rank } from './experiment-kinds'
import { SentPieces, type FileSource } from './formats/file-source'
import type { LoadReport } from './formats/load-report'
import type { Scenario } from './machine/scenario'
import { parseScenario, scenarioName } from './machine/scenario'
import type { PlainError } from './plain-error'
import { PlainErrorException, plainErrorOf } from './plain-error'
import type { RuleChoice } from './profile/classify/propose'
import type { Profile } from './profile/columns'
import type { EngineEvent, EngineRequest, ImportSource, JobValue, Progress } from './protocol'
import type { RunReport } from './run-report'
import type { SessionDocument } from './session/document'
import { visibleName } from './visible-name'

/** A simulation as a job sees it; `advance` is true when it has finished. */
export interface RunningSimulation {
  advance(calls: number): boolean
  readonly bytesDone: number
  readonly simulatedSeconds: number
  result(): { report: RunReport; profile: Profile; digest: string }
}

/** What jobs are done with: the host passes the real ones, tests of the queue pass slow or failing ones. */
export interface JobTools {
  simulate(scenario: Scenario): RunningSimulation
  /** Yields how many bytes are done, every few milliseconds as far as the format allows. */
  importSteps(fileName: string, source: FileSource): Generator<number, { profile: Profile; format: string; report: LoadReport; rules?: RuleChoice }, void>
  /** Opens what the main process has sealed. Throws a PlainErrorException when it did not, or the file cannot be opened. */
  openFile(sealedPath: string): FileSource
  /** Null: there is no such experiment. Throws a PlainErrorException when the request is none of its kind. */
  experiment(id: ExperimentId, request: unknown): { rank: Rank; start(): Generator<ExperimentStep, unknown, void> } | null
  encodeSession(session: SessionDocument): Uint8Array
  encodeProfile(profile: Profile): { bytes: Uint8Array; sha256: string }
  decodeSession(fileName: string, bytes: Uint8Array): { session: SessionDocument; warnings: PlainError[] }
  newId(): string
  /** Milliseconds, monotonic. */
  now(): number
  /** Called before a step that cannot be divided, over about so many bytes, so that silence is not taken for a hang. */
  busy?(bytes: number): void
}

export type JobRequest = Exclude<EngineRequest, { type: 'cancel' | 'piece' }>

/** A step's length: pings and cancels are seen between steps, so that they take effect within about 20 ms. */
const stepMilliseconds = 8
/** About a millisecond of simulating at 65 µs a call, as measured here. */
const callsBetweenClockReads = 16
/** 20 reports a second are more than a progress bar shows and cost nothing. */
const progressMilliseconds = 50

const jobId = z.int().nonnegative()
const fileName = z.string().max(4096)
const bytes = z.instanceof(Uint8Array)
// Shapes only: going through every sample of a large profile would take longer than the job itself.
const session = z.custom<SessionDocument>((value) => z.object({
  notes: z.string(),
  view: z.looseObject({}),
  runs: z.array(z.looseObject({
    kind: z.enum(['simulated', 'imported']), id: z.string(), name: z.string(), profile: z.looseObject({}),
  })),
}).safeParse(value).success, { error: 'is not a session' })

const profile = z.custom<Profile>((value) => z.looseObject({
  frames: z.looseObject({}), stacks: z.looseObject({}), samples: z.looseObject({}),
}).safeParse(value).success, { error: 'is not a profile' })

const requestSchema = z.discriminatedUnion('type', [
  // The scenario is checked when its job starts: parseScenario names the field for people.
  z.strictObject({ type: z.literal('run'), job: jobId, scenario: z.custom<Scenario>((v) => v !== undefined) }),
  z.strictObject({
    type: z.literal('import'), job: jobId, fileName,
    source: z.union([z.strictObject({ sealedPath: z.string() }), z.strictObject({ pieces: z.int().nonnegative() })]),
  }),
  z.strictObject({ type: z.literal('piece'), job: jobId, bytes }),
  z.strictObject({ type: z.literal('encode-session'), job: jobId, session }),
  z.strictObject({ type: z.literal('encode-profile'), job: jobId, profile }),
  z.strictObject({ type: z.literal('decode-session'), job: jobId, fileName, bytes }),
  // As with a scenario: the experiment itself names what is wrong with its request.
  z.strictObject({ type: z.literal('experiment'), job: jobId, id: z.custom<ExperimentId>((v) => typeof v === 'string'), request: z.unknown() }),
  z.strictObject({ type: z.literal('cancel'), job: jobId }),
])

/** The request, or why it is none; `job` is null when not even that could be read. */
export function parseRequest(data: unknown): { request: EngineRequest } | { job: number | null; problem: string } {
  const parsed = requestSchema.safeParse(data)
  if (parsed.success) return { request: parsed.data }
  const job = z.looseObject({ job: jobId }).safeParse(data)
  const issue = parsed.error.issues[0]
  return {
    job: job.success ? job.data.job : null,
    problem: issue ? `${issue.path.join('.') || 'message'}: ${issue.message}` : 'unreadable message',
  }
}

interface Job {
  readonly id: number
  /** True when there is more to do. */
  step(): boolean
  /** True: a step would do nothing before something has come for it from the window. */
  waiting?(): boolean
  put?(bytes: Uint8Array): void
  /** Nobody wants the result any more: what it holds beyond memory is given back. */
  stop?(): void
}

type Emit = (event: EngineEvent) => void

/** In the order in which they are served. */
const ranks: readonly Rank[] = ['interactive', 'normal', 'background']

/** What somebody waits for comes before what is kept in case of a crash. */
const overtaking: readonly JobRequest['type'][] = ['encode-session', 'encode-profile']

interface Waiting {
  request: JobRequest
  rank: Rank
  start(): Job
}

/**
 * Jobs a step at a time: whoever owns the queue calls `step` while it returns true and listens for messages in
 * between. Of each rank one job is under way; a step always goes to the highest rank that has anything to do. Every
 * job ends with exactly one of done, failed or cancelled.
 */
export class JobQueue {
  private waiting: Waiting[] = []
  private readonly running = new Map<Rank, Job>()

  constructor(private readonly tools: JobTools, private readonly emit: Emit) {}

  submit(request: EngineRequest): void {
    if (request.type === 'cancel') this.cancel(request.job)
    else if (request.type === 'piece') [...this.running.values()].find(({ id }) => id === request.job)?.put?.(request.bytes)
    else this.attempt(request.job, () => { this.waiting.push(this.waitingOf(request)) })
  }

  /** True while there is something to do. */
  step(): boolean {
    const saving = this.nextSave()
    if (saving !== undefined) this.save(saving)
    else this.serve()
    return this.nextSave() !== undefined || ranks.some((rank) => this.canServe(rank))
  }

  private nextSave(): number | undefined {
    return overtaking.map((type) => this.waiting.findIndex(({ request }) => request.type === type)).find((index) => index >= 0)
  }

  private canServe(rank: Rank): boolean {
    const running = this.running.get(rank)
    return running ? !running.waiting?.() : this.waiting.some((one) => one.rank === rank)
  }

  /** Nobody listens any more: what runs is given up without a word. */
  abandon(): void {
    this.waiting = []
    for (const job of this.running.values()) job.stop?.()
    this.running.clear()
  }

  private waitingOf(request: JobRequest): Waiting {
    if (request.type !== 'experiment') {
      return { request, rank: 'normal', start: () => startJob(request, this.tools, this.emit) }
    }
    const found = this.tools.experiment(request.id, request.request)
    if (!found) throw new PlainErrorException({ what: `The engine knows no experiment "${request.id}".` })
    return {
      request, rank: found.rank,
      start: () => steppedJob(request.job, experimentWork(request.id, found.start()), this.tools, this.emit),
    }
  }

  /** Saving overtakes: nobody should have to wait for a simulation of an hour, or cancel it, to save or to be safe. */
  private save(index: number): void {
    const [saving] = this.waiting.splice(index, 1)
    if (saving) this.attempt(saving.request.job, () => { saving.start().step() })
  }

  private serve(): void {
    const rank = ranks.find((one) => this.canServe(one))
    if (rank === undefined) return
    const running = this.running.get(rank)
    if (running) this.advance(rank, running)
    else this.startAt(this.waiting.findIndex((one) => one.rank === rank))
  }

  private advance(rank: Rank, running: Job): void {
    const well = this.attempt(running.id, () => { if (!running.step()) this.running.delete(rank) })
    if (!well) this.running.delete(rank)
  }

  private startAt(index: number): void {
    const [next] = this.waiting.splice(index, 1)
    if (next) this.attempt(next.request.job, () => { this.running.set(next.rank, next.start()) })
  }

  /** False when it failed, and then that has been said. */
  private attempt(job: number, work: () => void): boolean {
    try {
      work()
      return true
    } catch (thrown) {
      this.emit({ type: 'failed', job, error: plainErrorOf(thrown) })
      return false
    }
  }

  /** A job that has already ended has had its last word: cancelling it changes nothing. */
  private cancel(job: number): void {
    const index = this.waiting.findIndex(({ request }) => request.job === job)
    const rank = ranks.find((one) => this.running.get(one)?.id === job)
    if (index >= 0) this.waiting.splice(index, 1)
    else if (rank) {
      this.running.get(rank)?.stop?.()
      this.running.delete(rank)
    } else return
    this.emit({ type: 'cancelled', job })
  }
}

type SimpleRequest = Exclude<JobRequest, { type: 'experiment' }>

function startJob(request: SimpleRequest, tools: JobTools, emit: Emit): Job {
  if (request.type === 'run') return steppedJob(request.job, runWork(parseScenario(request.scenario), tools), tools, emit)
  if (request.type === 'import') return importJob(request.job, request.fileName, request.source, tools, emit)
  if ('bytes' in request) {
    const progress: Progress = { done: 0, total: request.bytes.byteLength, unit: 'bytes' }
    emit({ type: 'progress', job: request.job, progress })
  }
  return {
    id: request.job,
    step() {
      const bytes = undividedBytes(request)
      if (bytes > undividedFrom) tools.busy?.(bytes)
      emit({ type: 'done', job: request.job, value: undividedWork(request, tools) })
      return false
    },
  }
}

/** What is done in some milliseconds is not announced: it comes after every change, and silence must still be found out. */
const undividedFrom = 3e6
/** A sample with its weights, its share of the stacks and of their names. */
const bytesOfRow = 32
/** What gzip makes smaller is larger again before it is read: of profiles ten times is usual. */
const packedRatio = 10

/** About how many bytes a job in one step goes over. */
function undividedBytes(request: Exclude<SimpleRequest, { type: 'run' | 'import' }>): number {
  const ofProfile = ({ samples, stacks }: Profile) => bytesOfRow * (samples.stack.length + stacks.parent.length)
  switch (request.type) {
    case 'encode-profile':
      return ofProfile(request.profile)
    case 'encode-session':
      return request.session.runs.reduce((sum, run) => sum + ofProfile(run.profile), 0)
    case 'decode-session':
      return packedRatio * request.bytes.byteLength
  }
}

/** What a job says on its way: how far it is, at most every so often, and parts of its result as they come. */
interface Said {
  progress: Progress
  partial?: unknown
}

/**
 * A job that is a generator: it yields often, and each step of the queue takes as many yields as some milliseconds hold.
 * Its progress is reported at once and then at intervals.
 */
function steppedJob(
  id: number, work: Generator<Said, JobValue, void>, tools: JobTools, emit: Emit, waiting?: () => boolean,
): Job {
  let reported = -Infinity
  return {
    id,
    stop: () => void work.return(undefined as never),
    step() {
      const end = tools.now() + stepMilliseconds
      let now: number
      do {
        const next = work.next()
        if (next.done) {
          emit({ type: 'done', job: id, value: next.value })
          return false
        }
        now = tools.now()
        const { partial, progress } = next.value
        if (partial !== undefined) emit({ type: 'partial', job: id, partial })
        if (now - reported >= progressMilliseconds) {
          reported = now
          emit({ type: 'progress', job: id, progress })
        }
      } while (now < end && !waiting?.())
      return true
    },
    waiting: () => waiting?.() ?? false,
  }
}

function* runWork(scenario: Scenario, tools: JobTools): Generator<Said, JobValue, void> {
  const simulation = tools.simulate(scenario)
  do {
    const { bytesDone, simulatedSeconds } = simulation
    yield { progress: { done: bytesDone, total: scenario.bytes, unit: 'bytes', simulatedSeconds } }
  } while (!simulation.advance(callsBetweenClockReads))
  const { report, profile, digest } = simulation.result()
  return { kind: 'run', run: { kind: 'simulated', id: tools.newId(), name: scenarioName(scenario), report, digest, profile } }
}

function* experimentWork(id: ExperimentId, work: Generator<ExperimentStep, unknown, void>): Generator<Said, JobValue, void> {
  try {
    for (;;) {
      const next = work.next()
      if (next.done) return { kind: 'experiment', id, result: next.value } as JobValue
      const { partial, ...progress } = next.value
      yield { progress, partial }
    }
  } finally {
    work.return(undefined)
  }
}

function importJob(id: number, fileName: string, from: ImportSource, tools: JobTools, emit: Emit): Job {
  if ('sealedPath' in from) return steppedJob(id, importWork(fileName, () => tools.openFile(from.sealedPath), tools), tools, emit)
  const pieces = new SentPieces(from.pieces, () => emit({ type: 'piece-wanted', job: id }))
  return { ...steppedJob(id, importWork(fileName, () => pieces, tools), tools, emit, () => pieces.waiting()), put: (bytes) => pieces.put(bytes) }
}

function* importWork(fileName: string, open: () => FileSource, tools: JobTools): Generator<Said, JobValue, void> {
  const source = open()
  const said = (done: number): Said => ({ progress: { done, total: source.size, unit: 'bytes' } })
  try {
    yield said(0)
    const steps = tools.importSteps(fileName, source)
    let announced = false
    for (let done = 0; ;) {
      // some formats are read in one piece once their content is there, and every profile is put together then
      if (!announced && done >= source.size) {
        announced = true
        tools.busy?.(packedRatio * source.size)
      }
      const next = steps.next()
      if (!next.done) done = next.value
      if (!next.done) yield said(next.value)
      else {
        const { profile, format, report, rules } = next.value
        return {
          kind: 'import',
          run: { kind: 'imported', id: tools.newId(), name: visibleName(fileName), source: { fileName: visibleName(fileName), format, report }, ...(rules ? { rules } : {}), profile },
        }
      }
    }
  } finally {
    source.close?.()
  }
}

function undividedWork(request: Exclude<SimpleRequest, { type: 'run' | 'import' }>, tools: JobTools): JobValue {
  switch (request.type) {
    case 'encode-session':
      return { kind: 'session-bytes', bytes: tools.encodeSession(request.session) }
    case 'encode-profile':
      return { kind: 'profile-bytes', ...tools.encodeProfile(request.profile) }
    case 'decode-session':
      return { kind: 'session', ...tools.decodeSession(request.fileName, request.bytes) }
  }
}
