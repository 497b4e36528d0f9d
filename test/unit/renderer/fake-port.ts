import type { EngineEvent, EngineRequest } from '../../../engine/protocol'
import type { EnginePort } from '../../../renderer/state/engine-client'

/** The engine's end as a test plays it. */
export class FakePort implements EnginePort {
  sent: EngineRequest[] = []
  private listener: (event: { data: EngineEvent }) => void = () => undefined
  postMessage(message: EngineRequest) { this.sent.push(message) }
  addEventListener(_type: 'message', listener: (event: { data: EngineEvent }) => void) { this.listener = listener }
  start() {}
  close() {}
  /** Answers and lets everything that waits for the answer happen. */
  async emit(event: EngineEvent) {
    this.listener({ data: event })
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  last(type: EngineRequest['type']) { return this.sent.filter((one) => one.type === type).at(-1)! }
  /** The experiments asked for so far, oldest first. */
  experiments(id: string) {
    return this.sent.flatMap((one) => (one.type === 'experiment' && one.id === id ? [one] : []))
  }
}
