import { useState } from 'react'
import { hopsOf, type PacketStep, type Population } from '../../../engine/experiments/recording/packet-population'
import type { PacketsResult } from '../../../engine/experiments/recording/types'
import type { SimulatedRun } from '../../../engine/session/document'
import { goToTimeline, showPacket, stepPacket } from '../../state/actions-packet'
import { whole } from '../../state/numbers'
import { durationText } from '../../state/slice-words'
import { useWorkbench } from '../../state/store'
import { rankOf, spanOfPacket } from './scenes'

interface PacketHeaderProps {
  run: SimulatedRun
  result: Readonly<PacketsResult>
  population: Population
  row: number
}

const jumps: readonly { step: PacketStep; label: string; title: string }[] = [
  { step: 'fastest', label: 'Fastest', title: 'The packet with the shortest way from end to end' },
  { step: 'median', label: 'Median', title: 'The packet in the middle of all' },
  { step: 'slowest', label: 'Slowest', title: 'The packet with the longest way from end to end' },
  { step: 'nested', label: 'Nested interrupt', title: 'The next packet that a host interrupt caught inside VMNet\'s transmit' },
]

/** Which packet, how to get to another, and where it stands among all. */
export function PacketHeader({ run, result, population, row }: PacketHeaderProps) {
  const words = useWorkbench((state) => state.packets.words)
  const ranged = useWorkbench((state) => state.range?.run === run.id)
  const number = result.packet[row]!
  const span = spanOfPacket(hopsOf(result, row))
  const nested = result.nestedInterrupts[row]!
  const together = result.combinedWith[row]!
  const last = result.first + result.packet.length - 1
  const slower = rankOf(population, row)
  return (
    <header className="view-header packet-header">
      <span className="packet-steps">
        <button type="button" className="button" aria-label="Previous packet" title="Previous packet" disabled={row === 0} onClick={() => stepPacket('previous')}>‹</button>
        <NumberField key={number} number={number} />
        <button type="button" className="button" aria-label="Next packet" title="Next packet" disabled={row + 1 >= result.packet.length}
          onClick={() => stepPacket('next')}>›</button>
      </span>
      <span className="packet-steps">
        {jumps.map(({ step, label, title }) => (
          <button key={step} type="button" className="button" title={title} data-testid={`packet-${step}`} onClick={() => stepPacket(step)}>{label}</button>
        ))}
      </span>
      {span && (
        <button type="button" className="button" data-testid="packet-timeline" onClick={() => void goToTimeline(run, span.from, span.to)}>
          Show on the timeline
        </button>
      )}
      <p className="packet-words" role="status" data-testid="packet-words">
        {words ? <strong>{words} </strong> : null}
        Packet {whole(number)}: {span ? `${durationText(span.to - span.from, result.mhz)} from end to end` : 'its end was not seen'}, slower
        than {whole(slower)} of the {whole(population.byLatency.length)} recorded (packets {whole(result.first)} to {whole(last)} of {whole(result.packetsInRun)}).
        {nested > 0 && ` Caught by ${nested} host interrupt${nested > 1 ? 's' : ''} inside VMNet's transmit.`}
        {together > 1 && ` Left with ${together - 1} other${together > 2 ? 's' : ''} in one call to the host.`}
        {ranged && ' Only packets whose way began in the chosen range.'}
      </p>
    </header>
  )
}

function NumberField({ number }: { number: number }) {
  const [text, setText] = useState(String(number))
  const go = () => {
    const wanted = Number(text.replaceAll(',', ''))
    if (text.trim() !== '' && Number.isSafeInteger(wanted)) showPacket(wanted)
    else setText(String(number))
  }
  return (
    <input className="input packet-number" aria-label="Packet number" title="Type a number and press Enter" inputMode="numeric" value={text} data-testid="packet-number"
      onChange={(event) => setText(event.target.value)} onBlur={() => setText(String(number))}
      onKeyDown={(event) => {
        if (event.key === 'Enter') go()
        if (event.key !== 'Escape') event.stopPropagation()
      }} />
  )
}
