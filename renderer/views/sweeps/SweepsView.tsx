import { Panel, Separator } from 'react-resizable-panels'
import { type Sweep, type SweepKind, sweepKinds } from '../../../engine/experiments/sweep-types'
import { cancelSweep, runSweep, showSweep } from '../../state/actions-sweeps'
import { useWorkbench } from '../../state/store'
import { sweepRequestOf, sweepTitles, sweepWords } from '../../state/sweeps-state'
import { Segmented } from '../../widgets/controls'
import { Panels } from '../../widgets/Panels'
import { SweepForm } from './SweepForm'
import { SweepPlot } from './SweepPlot'
import { SweepTable } from './SweepTable'
import './sweeps.css'

/** Figure 6 and the guest's idle time: many runs in the background, each point over several seeds. */
export function SweepsView() {
  const kind = useWorkbench((state) => state.sweeps.shown)
  const running = useWorkbench((state) => state.sweeps.running)
  const kept = useWorkbench((state) => state.document.sweeps?.[kind])
  const sweep = running?.kind === kind ? running.sweep : kept
  return (
    <section className="sweeps" aria-label={sweepTitles[kind]}>
      <header className="view-header">
        <Segmented label="Sweep" value={kind} onChange={showSweep} testId="sweep-kind"
          options={sweepKinds.map((id) => ({ value: id, label: sweepTitles[id] }))} />
        <RunButton kind={kind} />
      </header>
      <SweepForm key={kind} kind={kind} />
      <SweepState sweep={sweep} running={running?.kind === kind} />
      {sweep && sweep.cells.length > 0 && (
        <Panels orientation="vertical" id="sweep-panels" panelIds={['sweep-plot', 'sweep-table']} className="sweep-panels">
          <Panel id="sweep-plot" minSize={130} defaultSize="55"><SweepPlot kind={kind} sweep={sweep} /></Panel>
          <Separator className="splitter horizontal" />
          <Panel id="sweep-table" minSize={84} defaultSize="45"><SweepTable kind={kind} sweep={sweep} /></Panel>
        </Panels>
      )}
    </section>
  )
}

function RunButton({ kind }: { kind: SweepKind }) {
  const { running, forms } = useWorkbench((state) => state.sweeps)
  const custom = useWorkbench((state) => state.scenario.custom)
  const failed = useWorkbench((state) => state.engine.state === 'failed')
  const asked = sweepRequestOf(forms[kind], custom)
  const { configurations, sizes, seeds } = 'request' in asked ? asked.request : { configurations: [], sizes: [], seeds: [] }
  const runs = configurations.length * sizes.length * seeds.length
  return (
    <span className="sweep-run">
      <span className="quiet num">{runs > 0 && `${runs} runs`}</span>
      {running
        ? <button type="button" className="button" data-testid="sweep-cancel" onClick={cancelSweep}>Cancel, keep what is there</button>
        : (
          <button type="button" className="button primary" data-testid="sweep-run" disabled={runs === 0 || failed}
            onClick={() => void runSweep(kind)}>Run the sweep</button>
        )}
    </span>
  )
}

function SweepState({ sweep, running }: { sweep: Sweep | undefined; running: boolean }) {
  if (!sweep) {
    return (
      <div className="empty">
        <h2>No sweep yet</h2>
        <p>Choose what to run above, then &quot;Run the sweep&quot;. It runs in the background: runs and what-ifs go before it,
          points appear as they are done, and the session keeps the result.</p>
      </div>
    )
  }
  return <p className="sweep-state quiet" role="status" data-testid="sweep-state">{sweepWords(sweep, running)}</p>
}
