import { Books } from '../../../engine/machine/books'
import { Clock, Slot } from '../../../engine/machine/clock'
import { Fn } from '../../../engine/machine/functions'
import { holdOf, pipeline } from './pipeline'

/** The pipeline on the simulated machine's own clock and books. Returns the instant of the last acknowledgement. */
export function pipelineOnClock(packets: number): number {
  const books = new Books()
  const clock = new Clock(books)
  const idle = books.call(0, Fn.Halted)
  const busy = books.call(0, Fn.Nettest)
  const holds = Array.from({ length: pipeline.holds }, (_, i) => holdOf(i))
  const ackAt = new Float64Array(pipeline.window)
  let [queued, sending, sent, acknowledged, started] = [0, false, 0, 0, 0]
  let last = 0
  const startLink = () => {
    if (sending || queued === 0) return
    sending = true
    queued--
    clock.schedule(Slot.WireOut, clock.now + pipeline.link)
  }
  clock.attach(Slot.WireOut, {
    fire() {
      sending = false
      ackAt[sent % pipeline.window] = clock.now + pipeline.acknowledgement
      if (sent === acknowledged) clock.schedule(Slot.Peer, ackAt[sent % pipeline.window]!)
      sent++
      startLink()
    },
  })
  clock.attach(Slot.Peer, {
    fire() {
      acknowledged++
      last = clock.now
      if (acknowledged < sent) clock.schedule(Slot.Peer, ackAt[acknowledged % pipeline.window]!)
    },
  })
  clock.context = busy
  while (acknowledged < packets) {
    if (started < packets && started - acknowledged < pipeline.window) {
      started++
      for (let i = 0; i < pipeline.holds; i++) clock.runHere(holds[i]!)
      queued++
      startLink()
    } else clock.runUntilDue(idle)
  }
  return last
}
