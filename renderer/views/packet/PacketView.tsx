import { useEffect } from 'react'
import type { SimulatedRun } from '../../../engine/session/document'
import { openPackets } from '../../state/actions-packet'
import { selectedRun } from '../../state/derived'
import { packetsKey } from '../../state/packet-state'
import { useWorkbench } from '../../state/store'
import { PacketPath } from './PacketPath'
import './packet.css'

/** One packet from send() to its ACK, hop by hop, against all others. */
export function PacketView() {
  const run = useWorkbench(selectedRun)
  const busy = useWorkbench((state) => state.jobs.length > 0)
  if (!run) {
    return (
      <div className="empty">
        <h2>{busy ? 'Running' : 'Nothing to show yet'}</h2>
        <p>{busy ? 'The packets appear when the run is done; the status bar shows how far it is.'
          : 'Run the scenario on the left: the way of its packets, hop by hop, appears here.'}</p>
      </div>
    )
  }
  if (run.kind === 'imported') {
    return (
      <div className="empty" data-testid="packet-state" data-state="imported">
        <h2>A recorded profile has samples, not packets</h2>
        <p>{run.name} says where time was found, but nothing ties its samples to single packets. Select a simulated run
          to follow one of its packets from send() to the ACK.</p>
      </div>
    )
  }
  return <PacketsOfRun key={run.id} run={run} />
}

function PacketsOfRun({ run }: { run: SimulatedRun }) {
  const { of, result, row, status } = useWorkbench((state) => state.packets)
  const key = useWorkbench((state) => packetsKey(run, state.range))
  const ranged = useWorkbench((state) => state.range?.run === run.id)
  useEffect(() => { void openPackets(run) }, [run, key])
  const mine = of === key
  if (mine && result && result.packet.length > 0) return <PacketPath run={run} result={result} row={row} />
  const failed = mine && status === 'failed'
  const none = mine && result !== null
  return (
    <div className="empty" role="status" data-testid="packet-state" data-state={none ? 'none' : failed ? 'failed' : 'busy'}>
      <h2>{none ? 'No packet was recorded' : failed ? 'The packets could not be recorded' : `Recording the packets of ${run.name}`}</h2>
      <p>{none ? ranged ? 'No packet began its way in the chosen range: choose a longer one, or show the whole run.' : 'The run carries no whole data packet: give it more bytes.'
        : failed ? 'It was cancelled, or the message above says why. The run itself is as it was.'
          : 'The run is simulated once more, and each packet is noted wherever it passes. The status bar shows how far it is.'}</p>
      {failed && <button type="button" className="button" onClick={() => void openPackets(run)}>Record them again</button>}
    </div>
  )
}
