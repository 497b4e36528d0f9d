import { useEffect, useState } from 'react'
import { separatedText } from '../../../engine/csv'
import type { PcnetReport } from '../../../engine/formats/qemu-trace/pcnet'
import { portHead, portRows } from '../../../engine/report/port-rows'
import { cardRegisters, cardSentences, portTable } from '../../../engine/report/port-text'
import type { ImportedRun, SessionRun, SimulatedRun } from '../../../engine/session/document'
import { askForPorts, mostBytesUnasked } from '../../state/actions-method'
import { fixed, whole } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { RunPicker } from '../../widgets/RunPicker'
import { CopyButtons } from './CopyButtons'

/** What a QEMU log says of network cards: a pcnet's accesses beside the simulated driver's, and the registers of each card. */
export function CardTables({ run }: { run: ImportedRun }) {
  const { report } = run.source
  const cards = cardRegisters(report)
  if (cards.length === 0) return null
  return (
    <section className="card-tables" aria-label={`Network cards of ${run.name}`} data-testid="card-tables">
      <h3 className="table2-note">Network cards in the log</h3>
      <div className="table2-note">{cardSentences(report).map((sentence) => <p key={sentence}>{sentence}.</p>)}</div>
      {report.pcnet && report.pcnet.frames > 1 && <PortTable name={run.name} log={report.pcnet} />}
      {cards.map(({ card, registers }) => (
        <details key={card} open={!report.pcnet}>
          <summary className="card-summary">All {whole(registers.length)} kinds of access of the {card}</summary>
          <table className="table2">
            <thead>
              <tr><th scope="col">register</th><th scope="col" className="num">in the log</th><th scope="col" className="num">in the transfer</th></tr>
            </thead>
            <tbody>
              {registers.map(({ register, all, inTransfer }) => (
                <tr key={register}><th scope="row">{register}</th><td className="num">{whole(all)}</td><td className="num">{whole(inTransfer)}</td></tr>
              ))}
            </tbody>
          </table>
        </details>
      ))}
    </section>
  )
}

const isVirtual = (run: SessionRun): run is SimulatedRun => run.kind === 'simulated' && run.report.scenario.vm === 'hosted'

/** The side-by-side with a simulated run of the session, whose driver's accesses are counted by simulating it once more. */
function PortTable({ name, log }: { name: string; log: PcnetReport }) {
  const runs = useWorkbench((state) => state.document.runs)
  const simulated = runs.filter(isVirtual)
  const [wanted, setWanted] = useState<string | null>(null)
  // the unoptimized machine sends each packet at once, as a traced one does
  const beside = simulated.find(({ id }) => id === wanted) ?? simulated.find(({ report }) => report.scenario.optimizations.length === 0) ?? simulated[0]
  const asked = useWorkbench(({ method }) => (beside ? method.ports[beside.digest] : undefined))
  const long = beside !== undefined && beside.report.scenario.bytes > mostBytesUnasked
  useEffect(() => {
    if (beside && !long) void askForPorts(beside)
  }, [beside, long])
  if (!beside) return <p className="table2-note">Run a scenario of a virtual machine: its driver&apos;s accesses are then put beside these.</p>
  const counts = asked?.state === 'done' ? asked.result : null
  return (
    <>
      <div className="card-beside">
        <span>Beside the driver of</span>
        <RunPicker runs={simulated} value={beside.id} onChange={setWanted} testId="ports-run" label="Simulated run beside the log" />
        {!counts && (asked?.state === 'failed' || (long && !asked)
          ? <button type="button" className="button" onClick={() => void askForPorts(beside)}>Count its accesses</button>
          : <span className="quiet" role="status">its accesses are being counted</span>)}
        {counts && <CopyButtons name={`Port accesses of ${name}`} text={(separator) => separatedText(portTable(log, counts), separator)} />}
      </div>
      {counts && (
        <table className="table2" data-testid="ports-table">
          <caption className="visually-hidden">Accesses of the card&apos;s ports for each frame in {name} and in {beside.name}</caption>
          <thead>
            <tr>{portHead.map((head, column) => <th key={head} scope="col" className={column === 2 || column === 3 ? 'num' : undefined}>{head}</th>)}</tr>
          </thead>
          <tbody>
            {portRows(log, counts).map(({ id, register, way, perFrame, perPacket, words }) => (
              <tr key={id} data-testid={`port-${id}`}>
                <th scope="row" className={id === 'all' ? 'strong' : undefined}>{register}</th>
                <td>{way}</td>
                <td className="num strong">{fixed(perFrame, 2)}</td>
                <td className="num strong">{fixed(perPacket, 2)}</td>
                <td className="card-words">{words}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="quiet table2-note">
        Both are counted: the log&apos;s from its first frame to its last, the simulated ones by simulating {beside.name} once
        more. The log&apos;s driver is that of its guest, the simulated one Linux 2.2.17&apos;s.
      </p>
    </>
  )
}
