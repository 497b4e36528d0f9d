import { describe, expect, it, vi } from 'vitest'
import { PlainErrorException } from '../../../engine/plain-error'
import type { EngineEvent, EngineRequest } from '../../../engine/protocol'
import { defaultScenario } from '../../../engine/machine/scenario'
import { EngineClient, JobCancelled, type EnginePort } from '../../../renderer/state/engine-client'
import { simulatedRun } from './fixture'

class FakePort implements EnginePort {
  sent: EngineRequest[] = []
  closed = false
  private listener: (event: { data: EngineEvent }) => void = () => undefined
  postMessage(message: EngineRequest) { this.sent.push(message) }
  addEventListener(_type: 'message', listener: (event: { data: EngineEvent }) => void) { this.listener = listener }
  start() {}
  close() { this.closed = true }
  emit(event: EngineEvent) { this.listener({ data: event }) }
}

function setUp() {
  const listeners = { ready: vi.fn(), progress: vi.fn() }
  return { listeners, client: new EngineClient(listeners), port: new FakePort() }
}

const request = { type: 'run', scenario: defaultScenario } as const
const value = { kind: 'run', run: simulatedRun('r') } as const

describe('the window\'s end of the engine', () => {
  it('sends a job, hears its progress and gives its value', async () => {
    const { listeners, client, port } = setUp()
    client.attach(port)
    const job = client.start(request, 'run')
    expect(port.sent).toEqual([{ ...request, job: job.id }])
    port.emit({ type: 'ready', engineVersion: '1.0.0' })
    port.emit({ type: 'progress', job: job.id, progress: { done: 1, total: 2, unit: 'bytes' } })
    port.emit({ type: 'done', job: job.id, value })
    expect(await job.value).toBe(value)
    expect(listeners.ready).toHaveBeenCalledWith('1.0.0')
    expect(listeners.progress).toHaveBeenCalledOnce()
  })

  it('keeps jobs that come before the port, and sends each once', () => {
    const { client, port } = setUp()
    client.start(request, 'first')
    client.attach(port)
    client.attach(port)
    expect(port.sent).toHaveLength(1)
  })

  it('sends the pieces that the engine asks for, and fails the job with what made one unreadable', async () => {
    const { client, port } = setUp()
    client.attach(port)
    const pieces = [Uint8Array.of(1), Uint8Array.of(2)]
    const nextPiece = async () => {
      const piece = pieces.shift()
      if (!piece) throw new PlainErrorException({ what: 'The file is gone.' })
      return piece
    }
    const job = client.start({ type: 'import', fileName: 'x', source: { pieces: 3 } }, 'reading', { nextPiece })
    for (const byte of [1, 2]) {
      port.emit({ type: 'piece-wanted', job: job.id })
      await vi.waitFor(() => expect(port.sent.at(-1)).toEqual({ type: 'piece', job: job.id, bytes: Uint8Array.of(byte) }))
    }
    port.emit({ type: 'piece-wanted', job: job.id })
    await expect(job.value).rejects.toThrow('The file is gone.')
    expect(port.sent.at(-1)).toEqual({ type: 'cancel', job: job.id })
  })

  it('cancels: at the engine when sent, at once when not', async () => {
    const { client, port } = setUp()
    const waiting = client.start(request, 'waiting')
    client.cancel(waiting.id)
    await expect(waiting.value).rejects.toBeInstanceOf(JobCancelled)
    client.attach(port)
    const job = client.start(request, 'sent')
    client.cancel(job.id)
    expect(port.sent.at(-1)).toEqual({ type: 'cancel', job: job.id })
    port.emit({ type: 'cancelled', job: job.id })
    await expect(job.value).rejects.toBeInstanceOf(JobCancelled)
  })

  it('fails what was in flight in plain words when the engine dies, and goes on with the next port', async () => {
    const { client, port } = setUp()
    client.attach(port)
    const lost = client.start(request, 'VM/PC-733 2.0')
    client.down('it crashed (exit code 5)', false)
    const error = await lost.value.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(PlainErrorException)
    const { plain } = error as PlainErrorException
    expect(plain.what).toContain('VM/PC-733 2.0')
    expect(plain.what).toContain('exit code 5')
    expect(plain.kept && plain.todo).toBeTruthy()
    expect(port.closed).toBe(true)

    const later = client.start(request, 'later')
    const next = new FakePort()
    client.attach(next)
    expect(next.sent).toEqual([{ ...request, job: later.id }])
    next.emit({ type: 'done', job: later.id, value })
    expect(await later.value).toBe(value)
  })

  it('does not listen to a dead port, and leaves no job waiting for an engine that will not come', async () => {
    const { client, port } = setUp()
    client.attach(port)
    client.down('gone', false)
    const waiting = client.start(request, 'waiting')
    client.attach(new FakePort())
    port.emit({ type: 'done', job: waiting.id, value })
    const state = await Promise.race([waiting.value.then(() => 'done'), Promise.resolve('pending')])
    expect(state).toBe('pending')
    client.down('gone for good', true)
    await expect(waiting.value).rejects.toThrow(/gone for good/)
  })

  it('hands on the engine\'s own errors', async () => {
    const { client, port } = setUp()
    client.attach(port)
    const job = client.start(request, 'run')
    port.emit({ type: 'failed', job: job.id, error: { what: 'no', where: 'line 3' } })
    await expect(job.value).rejects.toMatchObject({ plain: { what: 'no', where: 'line 3' } })
  })
})
