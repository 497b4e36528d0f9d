import { describe, expect, it } from 'vitest'
import type { Rank } from '../../../engine/experiment-kinds'
import { emptyLoadReport } from '../../../engine/formats/load-report'
import { importSteps } from '../../../engine/formats/open-profile'
import type { JobTools, RunningSimulation } from '../../../engine/jobs'
import { JobQueue, parseRequest } from '../../../engine/jobs'
import { defaultScenario } from '../../../engine/machine/scenario'
import { PlainErrorException } from '../../../engine/plain-error'
import type { Profile } from '../../../engine/profile/columns'
import { StackBuilder } from '../../../engine/profile/columns'
import type { EngineEvent, EngineRequest } from '../../../engine/protocol'
import type { RunReport } from '../../../engine/run-report'
import { emptyView } from '../../../engine/session/document'

const profile: Profile = {
  name: 'p', ...new StackBuilder().tables(), samples: { stack: new Int32Array(0), weights: [] }, weightTypes: [],
  threads: [], defaultWeight: 0,
}

const report: RunReport = {
  schema: 'worldswitch.run/1', engineVersion: 't', scenario: defaultScenario, name: 'n', throughputMbps: 1,
  simulatedSeconds: 1, idlePercent: { direct: null, truth: 0 }, vmnetTransmit: null, samples: 0, table: [],
  books: { cycles: 1, attributed: 1 },
  counts: {
    packetsSent: 0, acksReceived: 0, worldSwitches: 0, guestIrqs: 0, hostIrqsInVmm: 0, hostIrqsInHost: 0,
    guestContextSwitches: 0, rapAccesses: 0, rdpAccesses: 0, picAccesses: 0, vmnetTransmits: 0, selectCalls: 0,
    segments: 0,
  },
}

/** A simulation that takes a millisecond of a made-up clock for each call of advance. */
function harness(some: Partial<JobTools> = {}, advances = 100) {
  const clock = { now: 0 }
  const counts = { advances: 0 }
  const simulation = (): RunningSimulation => ({
    bytesDone: 0,
    simulatedSeconds: 0,
    advance() {
      clock.now++
      return ++counts.advances >= advances
    },
    result: () => ({ report, profile, digest: 'd' }),
  })
  let ids = 0
  const closed = { count: 0 }
  const tools: JobTools = {
    simulate: simulation,
    * importSteps() {
      for (let done = 1; done <= 40; done++) {
        clock.now++
        yield done
      }
      return { profile, format: 'perf-script', report: emptyLoadReport('perf-script', 'because') }
    },
    openFile: (sealedPath) => ({ size: Number(sealedPath), next: () => null, close: () => { closed.count++ } }),
    encodeSession: () => Uint8Array.of(1, 2, 3),
    encodeProfile: () => ({ bytes: Uint8Array.of(4, 5), sha256: 'ab' }),
    decodeSession: () => ({ session: { notes: 'hello', runs: [], view: emptyView }, warnings: [] }),
    experiment: () => null,
    newId: () => `id-${++ids}`,
    now: () => clock.now,
    ...some,
  }
  const events: EngineEvent[] = []
  const queue = new JobQueue(tools, (event) => events.push(event))
  const finish = () => {
    let steps = 0
    while (queue.step()) if (++steps > 1000) throw new Error('never ends')
  }
  const kinds = () => events.filter((event) => event.type !== 'progress').map((event) => 'job' in event ? [event.type, event.job] : [event.type])
  return { clock, closed, counts, events, queue, finish, kinds }
}

const run = (job: number): EngineRequest => ({ type: 'run', job, scenario: defaultScenario })

describe('the queue of jobs', () => {
  it('runs a scenario in steps of a few milliseconds and ends it with done', () => {
    const { queue, clock, counts, events, finish } = harness()
    queue.submit(run(1))
    queue.step()
    const before = clock.now
    expect(queue.step()).toBe(true)
    expect(clock.now - before).toBe(8)
    finish()
    expect(counts.advances).toBe(100)
    const last = events.at(-1)
    expect(last).toMatchObject({
      type: 'done', job: 1, value: { kind: 'run', run: { kind: 'simulated', id: 'id-1', digest: 'd', name: 'VM/PC-733 optimized' } },
    })
    expect(queue.step()).toBe(false)
  })

  it('reports progress now and then, not at each step', () => {
    const { queue, events, finish } = harness({}, 200)
    queue.submit(run(1))
    finish()
    const reports = events.filter((event) => event.type === 'progress')
    expect(reports.length).toBeGreaterThanOrEqual(3)
    expect(reports.length).toBeLessThanOrEqual(5)
    expect(reports[0]).toEqual({
      type: 'progress', job: 1, progress: { done: 0, total: 100_000_000, unit: 'bytes', simulatedSeconds: 0 },
    })
  })

  it('stops a running job between two steps, and goes on with the next', () => {
    const { queue, counts, finish, kinds } = harness()
    queue.submit(run(1))
    queue.submit({ type: 'decode-session', job: 2, fileName: 'a.wsprof', bytes: new Uint8Array(4) })
    queue.step()
    queue.step()
    queue.submit({ type: 'cancel', job: 1 })
    const advancesThen = counts.advances
    finish()
    expect(counts.advances).toBe(advancesThen)
    expect(kinds()).toEqual([['cancelled', 1], ['done', 2]])
  })

  it('cancels a waiting job, and says nothing of one that has ended', () => {
    const { queue, finish, kinds } = harness()
    queue.submit(run(1))
    queue.submit(run(2))
    queue.submit({ type: 'cancel', job: 2 })
    finish()
    queue.submit({ type: 'cancel', job: 1 })
    queue.submit({ type: 'cancel', job: 9 })
    expect(kinds()).toEqual([['cancelled', 2], ['done', 1]])
  })

  it('fails a job in plain words and lives on', () => {
    const { queue, events, finish, kinds } = harness({
      * importSteps(fileName) {
        yield 0
        throw new PlainErrorException({ what: 'It is empty.', where: fileName })
      },
    })
    queue.submit({ type: 'import', job: 1, fileName: 'a.txt', source: { sealedPath: '0' } })
    queue.submit(run(2))
    finish()
    expect(kinds()).toEqual([['failed', 1], ['done', 2]])
    expect(events).toContainEqual({ type: 'failed', job: 1, error: { what: 'It is empty.', where: 'a.txt' } })
  })

  it('reads a file in steps that can be cancelled, and says how many of its bytes are done', () => {
    const { queue, events, clock, finish, kinds } = harness()
    queue.submit({ type: 'import', job: 1, fileName: 'a.txt', source: { sealedPath: '40' } })
    queue.step()
    const before = clock.now
    queue.step()
    expect(clock.now - before).toBe(8)
    queue.submit({ type: 'cancel', job: 1 })
    queue.submit({ type: 'import', job: 2, fileName: 'b.txt', source: { sealedPath: '40' } })
    finish()
    expect(kinds()).toEqual([['cancelled', 1], ['done', 2]])
    expect(events).toContainEqual({ type: 'progress', job: 1, progress: { done: 0, total: 40, unit: 'bytes' } })
  })

  it('closes a file that it has read, that failed or that was cancelled', () => {
    const { queue, closed, finish } = harness()
    const read = (job: number): EngineRequest => ({ type: 'import', job, fileName: 'a.txt', source: { sealedPath: '40' } })
    queue.submit(read(1))
    finish()
    expect(closed.count).toBe(1)
    queue.submit(read(2))
    queue.step()
    queue.step()
    queue.submit({ type: 'cancel', job: 2 })
    expect(closed.count).toBe(2)
    queue.submit(read(3))
    queue.step()
    queue.step()
    queue.abandon()
    expect(closed.count).toBe(3)
    expect(queue.step()).toBe(false)
  })

  it('rests while it waits for a piece from the window, and lets others work meanwhile', () => {
    const { queue, events, finish, kinds } = harness({ importSteps })
    const text = new TextEncoder().encode('a;b 1\na;c 2\n')
    queue.submit({ type: 'import', job: 1, fileName: 'a.folded', source: { pieces: text.length } })
    queue.submit(run(2))
    finish()
    expect(kinds()).toEqual([['piece-wanted', 1]])
    expect(queue.step()).toBe(false)
    queue.submit({ type: 'piece', job: 9, bytes: text })
    expect(queue.step()).toBe(false)
    queue.submit({ type: 'piece', job: 1, bytes: text.subarray(0, 3) })
    finish()
    queue.submit({ type: 'encode-session', job: 3, session: { notes: '', runs: [], view: emptyView } })
    queue.submit({ type: 'piece', job: 1, bytes: text.subarray(3) })
    finish()
    expect(kinds()).toEqual([['piece-wanted', 1], ['piece-wanted', 1], ['done', 3], ['done', 1], ['done', 2]])
    expect(events.find((event) => event.type === 'done' && event.job === 1)).toMatchObject({ value: { run: { source: { report: { samplesKept: 2 } } } } })
  })

  it('cancels JSON whose bytes have all come, while it is gone through', () => {
    let now = 0
    const { queue, finish, kinds, events } = harness({ importSteps, now: () => now += 60 })
    const profile = { type: 'sampled', name: 't', unit: 'none', startValue: 0, endValue: 1, samples: Array.from({ length: 200_000 }, () => [0, 1, 0]), weights: Array.from({ length: 200_000 }, () => 1) }
    const text = new TextEncoder().encode(JSON.stringify({ $schema: 'https://www.speedscope.app/file-format-schema.json', shared: { frames: [{ name: 'a' }, { name: 'b' }] }, profiles: [profile] }))
    queue.submit({ type: 'import', job: 1, fileName: 'a.json', source: { pieces: text.length } })
    const piece = 1 << 18
    for (let at = 0; at < text.length; at += piece) {
      finish()
      queue.submit({ type: 'piece', job: 1, bytes: text.subarray(at, at + piece) })
    }
    for (let steps = 0; steps < 6; steps++) expect(queue.step()).toBe(true)
    queue.submit({ type: 'cancel', job: 1 })
    expect(queue.step()).toBe(false)
    expect(kinds().filter(([type]) => type !== 'piece-wanted')).toEqual([['cancelled', 1]])
    const said = events.flatMap((event) => (event.type === 'progress' ? [event.progress.done] : []))
    expect(said).toEqual([...said].sort((a, b) => a - b))
    expect(said.at(-1)).toBeGreaterThan(text.length * 0.21)
    expect(said.at(-1)).toBeLessThan(text.length)
  })

  it('fails a scenario that cannot be run by the name of its field', () => {
    const { queue, events, finish } = harness()
    queue.submit({ type: 'run', job: 3, scenario: { ...defaultScenario, bytes: 0 } })
    finish()
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ type: 'failed', job: 3 })
    expect(JSON.stringify(events[0])).toContain('bytes 0 is out of range')
  })

  it('saves in the middle of a run, which goes on as if nothing had been', () => {
    const { queue, counts, finish, kinds } = harness()
    queue.submit(run(1))
    queue.submit(run(2))
    queue.step()
    queue.step()
    queue.submit({ type: 'encode-session', job: 3, session: { notes: '', runs: [], view: emptyView } })
    const advancesThen = counts.advances
    expect(queue.step()).toBe(true)
    expect(counts.advances).toBe(advancesThen)
    expect(kinds()).toEqual([['done', 3]])
    finish()
    expect(kinds()).toEqual([['done', 3], ['done', 1], ['done', 2]])
  })

  it('encodes a profile for the recovery copy in between too, after what somebody waits for', () => {
    const { queue, events, finish, kinds } = harness()
    queue.submit(run(1))
    queue.step()
    queue.submit({ type: 'encode-profile', job: 2, profile })
    queue.submit({ type: 'encode-session', job: 3, session: { notes: '', runs: [], view: emptyView } })
    finish()
    expect(kinds()).toEqual([['done', 3], ['done', 2], ['done', 1]])
    expect(events).toContainEqual({ type: 'done', job: 2, value: { kind: 'profile-bytes', bytes: Uint8Array.of(4, 5), sha256: 'ab' } })
  })

  it('fails a save in plain words and goes on with the run', () => {
    const { queue, finish, kinds } = harness({ encodeSession: () => { throw new Error('no') } })
    queue.submit(run(1))
    queue.step()
    queue.submit({ type: 'encode-session', job: 2, session: { notes: '', runs: [], view: emptyView } })
    finish()
    expect(kinds()).toEqual([['failed', 2], ['done', 1]])
  })

  it('says before a long step that cannot be divided over how much it goes', () => {
    const busy: number[] = []
    const { queue, finish } = harness({ busy: (bytes) => { busy.push(bytes) } })
    queue.submit(run(1))
    // small ones come after every change
    queue.submit({ type: 'decode-session', job: 2, fileName: 'a.wsprof', bytes: new Uint8Array(4) })
    queue.submit({ type: 'encode-profile', job: 3, profile })
    finish()
    expect(busy).toEqual([])
    queue.submit({ type: 'decode-session', job: 4, fileName: 'a.wsprof', bytes: new Uint8Array(1e6) })
    finish()
    expect(busy).toEqual([1e7])
    const samples = { ...profile.samples, stack: new Int32Array(200_000) }
    queue.submit({ type: 'encode-profile', job: 5, profile: { ...profile, samples } })
    finish()
    expect(busy[1]).toBeGreaterThanOrEqual(200_000 * 32)
  })

  it('says once that an import has come to the end of its file, and not before', () => {
    const busy: number[] = []
    const size = 4
    const imported = { profile, format: 'folded', report: emptyLoadReport('folded', '') }
    const { queue, finish } = harness({
      busy: (bytes) => { busy.push(bytes) }, openFile: () => ({ size, next: () => null }),
      *importSteps() {
        for (let done = 1; done <= size; done++) {
          expect(busy).toEqual([])
          yield done
        }
        yield size
        return imported
      },
    })
    queue.submit({ type: 'import', job: 1, fileName: 'a', source: { sealedPath: 'x' } })
    finish()
    expect(busy).toEqual([40])
  })
})

describe('requests from the window', () => {
  it('are taken when they have the right shape', () => {
    const requests: EngineRequest[] = [
      run(0),
      { type: 'cancel', job: 5 },
      { type: 'import', job: 1, fileName: 'x', source: { sealedPath: 's' } },
      { type: 'import', job: 1, fileName: 'x', source: { pieces: 2 } },
      { type: 'piece', job: 1, bytes: new Uint8Array(2) },
      { type: 'encode-session', job: 2, session: { notes: '', view: emptyView, runs: [] } },
    ]
    for (const request of requests) expect(parseRequest(request)).toEqual({ request })
  })

  it.each([
    ['no object', 'hello', null],
    ['an unknown type', { type: 'exec', job: 7 }, 7],
    ['bytes that are none', { type: 'piece', job: 8, bytes: 'abc' }, 8],
    ['a path that nobody sealed', { type: 'import', job: 8, fileName: 'x', source: { path: '/etc/passwd' } }, 8],
    ['a session without runs', { type: 'encode-session', job: 9, session: { notes: '', view: {} } }, 9],
    ['a profile without stacks', { type: 'encode-profile', job: 6, profile: { frames: {}, samples: {} } }, 6],
    ['a member too many', { type: 'cancel', job: 4, path: '/etc/passwd' }, 4],
    ['a job that is no number', { type: 'cancel', job: '4' }, null],
  ])('are refused with %s', (_what, data, job) => {
    expect(parseRequest(data)).toMatchObject({ job, problem: expect.any(String) })
  })
})

/** Experiments that take a millisecond of the made-up clock a step. */
function experimentOf(h: () => { clock: { now: number } }, lengths: Record<string, [Rank, number]>): JobTools['experiment'] {
  return (id, request) => {
    if (request === 'nonsense') throw new PlainErrorException({ what: 'The request is nonsense.' })
    const known = lengths[id]
    if (!known) return null
    const [rank, steps] = known
    return {
      rank,
      * start() {
        for (let done = 0; done < steps; done++) {
          h().clock.now++
          yield { done, total: steps, unit: 'runs' as const, ...(done === 3 ? { partial: `third of ${id}` } : {}) }
        }
        return `${id} done`
      },
    }
  }
}

describe('experiments', () => {
  const lengths: Record<string, [Rank, number]> = { sweep: ['background', 40], timeline: ['interactive', 20] }
  const start = (id: string, job: number, request: unknown = {}) => ({ type: 'experiment', job, id, request }) as EngineRequest

  it('send their parts on the way and their result once', () => {
    const made: ReturnType<typeof harness> = harness({ experiment: experimentOf(() => made, lengths) })
    made.queue.submit(start('sweep', 1))
    made.finish()
    expect(made.events.filter((event) => event.type === 'partial')).toEqual([{ type: 'partial', job: 1, partial: 'third of sweep' }])
    expect(made.events.at(-1)).toEqual({ type: 'done', job: 1, value: { kind: 'experiment', id: 'sweep', result: 'sweep done' } })
    expect(made.events.filter((event) => event.type === 'progress').map((event) => event.progress)).toEqual([{ done: 0, total: 40, unit: 'runs' }])
  })

  it('in the background wait for runs, and interactive ones for nobody', () => {
    const made: ReturnType<typeof harness> = harness({ experiment: experimentOf(() => made, lengths) })
    made.queue.submit(start('sweep', 1))
    made.queue.step()
    made.queue.step()
    made.queue.submit(run(2))
    made.queue.step()
    made.queue.step()
    made.queue.submit(start('timeline', 3))
    made.finish()
    expect(made.kinds().filter(([type]) => type === 'done')).toEqual([['done', 3], ['done', 2], ['done', 1]])
  })

  it('are cancelled while they run beside another', () => {
    const made: ReturnType<typeof harness> = harness({ experiment: experimentOf(() => made, lengths) })
    made.queue.submit(start('sweep', 1))
    made.queue.step()
    made.queue.submit(run(2))
    made.queue.step()
    made.queue.submit({ type: 'cancel', job: 1 })
    made.finish()
    expect(made.kinds().filter(([type]) => type !== 'partial')).toEqual([['cancelled', 1], ['done', 2]])
  })

  it('are refused in words when unknown or asked for nonsense', () => {
    const made: ReturnType<typeof harness> = harness({ experiment: experimentOf(() => made, lengths) })
    made.queue.submit(start('horoscope', 1))
    made.queue.submit(start('sweep', 2, 'nonsense'))
    made.finish()
    expect(made.events).toEqual([
      { type: 'failed', job: 1, error: { what: 'The engine knows no experiment "horoscope".' } },
      { type: 'failed', job: 2, error: { what: 'The request is nonsense.' } },
    ])
  })
})
