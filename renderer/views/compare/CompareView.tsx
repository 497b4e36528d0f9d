import { useShallow } from 'zustand/react/shallow'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { runPresets } from '../../state/actions-runs'
import { setCompare } from '../../state/actions-view'
import { pairOf, type Pair } from '../../state/compare'
import { useWorkbench } from '../../state/store'
import { CompareRows } from './CompareRows'
import { Icicles } from './Icicles'
import './compare.css'

export function CompareView() {
  // a pair is made anew each time: only its two runs tell whether it changed
  const pair = useWorkbench(useShallow(pairOf))
  const runs = useWorkbench((state) => state.document.runs.length)
  const busy = useWorkbench((state) => state.jobs.length > 0)
  return pair ? <Compare pair={pair} /> : <EmptyCompare runs={runs} busy={busy} />
}

function Compare({ pair }: { pair: Pair }) {
  return (
    <section className="compare" aria-label={`${pair.a.name} compared with ${pair.b.name}`}>
      <header className="view-header">
        <SideChoice side="A" pair={pair} />
        <button type="button" className="button bare" aria-label="Swap A and B" title="Swap A and B"
          onClick={() => setCompare(pair.b.id, pair.a.id)}>⇄</button>
        <SideChoice side="B" pair={pair} />
        <span className="quiet compare-hint">differences are B − A, 95 % intervals</span>
      </header>
      <Group orientation="vertical" id="compare-panels" className="compare-panels">
        <Panel id="compare-rows" minSize={120} defaultSize="52"><CompareRows pair={pair} /></Panel>
        <Separator className="splitter horizontal" />
        <Panel id="compare-icicles" minSize={170} defaultSize="48"><Icicles pair={pair} /></Panel>
      </Group>
    </section>
  )
}

function SideChoice({ side, pair }: { side: 'A' | 'B'; pair: Pair }) {
  const runs = useWorkbench((state) => state.document.runs)
  const own = side === 'A' ? pair.a.id : pair.b.id
  const other = side === 'A' ? pair.b.id : pair.a.id
  return (
    <label className="side-choice">
      <strong>{side}</strong>
      <select className="select" value={own} data-testid={`compare-${side.toLowerCase()}`} onChange={(event) => {
        const chosen = event.target.value
        // choosing the other side's run swaps them
        const rest = chosen === other ? own : other
        setCompare(...(side === 'A' ? [chosen, rest] : [rest, chosen]) as [string, string])
      }}>
        {runs.map((run) => <option key={run.id} value={run.id}>{run.name}</option>)}
      </select>
    </label>
  )
}

function EmptyCompare({ runs, busy }: { runs: number; busy: boolean }) {
  return (
    <div className="empty">
      <h2>{busy ? 'Running' : 'Two runs are needed'}</h2>
      <p>
        {busy ? 'The comparison appears when two runs are there; the status bar shows how far the current one is.'
          : `This session has ${runs === 0 ? 'no run' : 'one run'}. Run another scenario, open a profile, or drop two profiles here.`}
      </p>
      {!busy && (
        <div className="actions">
          <button type="button" className="button" onClick={() => void runPresets()}>Run 2.0 and optimized</button>
        </div>
      )}
    </div>
  )
}
