import { lazy, Suspense, useMemo } from 'react'
import { Panel, Separator } from 'react-resizable-panels'
import { useShallow } from 'zustand/react/shallow'
import { setComparePart } from '../../state/actions-compare'
import { runPresets } from '../../state/actions-runs'
import { setCompare } from '../../state/actions-view'
import { pairOf, type Pair } from '../../state/compare'
import { whole } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { Segmented } from '../../widgets/controls'
import { LayingOut, StaleNote } from '../../widgets/LayingOut'
import { Panels } from '../../widgets/Panels'
import { CompareRows } from './CompareRows'
import { FunctionRows } from './FunctionRows'
import { Icicles } from './Icicles'
import { useCompared } from './use-boxes'
import './compare.css'

/** With charts that nothing else of the first view has. */
const Ladder = lazy(async () => ({ default: (await import('./Ladder')).Ladder }))

export function CompareView() {
  // a pair is made anew each time: only its two runs tell whether it changed
  const pair = useWorkbench(useShallow(pairOf))
  const runs = useWorkbench((state) => state.document.runs.length)
  const busy = useWorkbench((state) => state.jobs.length > 0)
  return pair ? <Compare a={pair.a} b={pair.b} /> : <EmptyCompare runs={runs} busy={busy} />
}

function Compare({ a, b }: Pair) {
  const pair = useMemo(() => ({ a, b }), [a, b])
  const part = useWorkbench((state) => state.compare.part)
  return (
    <section className="compare" aria-label={`${a.name} compared with ${b.name}`}>
      <header className="view-header">
        <SideChoice side="A" pair={pair} />
        <button type="button" className="button bare" aria-label="Swap A and B" title="Swap A and B"
          onClick={() => setCompare(b.id, a.id)}>⇄</button>
        <SideChoice side="B" pair={pair} />
        <Segmented label="What is compared" value={part} onChange={setComparePart} testId="compare-part" options={[
          { value: 'rows', label: 'Rows' }, { value: 'functions', label: 'Functions' }, { value: 'ladder', label: 'Ladder' },
        ]} />
        <span className="quiet compare-hint">differences are B − A</span>
      </header>
      {part === 'ladder' ? <Suspense><Ladder pair={pair} /></Suspense> : <Differences pair={pair} part={part} />}
    </section>
  )
}

function Differences({ pair, part }: { pair: Pair; part: 'rows' | 'functions' }) {
  const { compared, stale, failure } = useCompared(pair)
  if (!compared) {
    const stacks = pair.a.profile.stacks.parent.length + pair.b.profile.stacks.parent.length
    return <LayingOut words={`A and B have ${whole(stacks)} different stacks together.`} failure={failure} testId="compare-laying-out" />
  }
  return (
    <Panels orientation="vertical" id="compare-panels" panelIds={['compare-icicles', 'compare-rows']} className="compare-panels">
      <Panel id="compare-icicles" minSize={200} defaultSize="58" className="compare-top">
        <Icicles compared={compared} />
        {stale && <StaleNote failure={failure} />}
      </Panel>
      <Separator className="splitter horizontal" />
      <Panel id="compare-rows" minSize={120} defaultSize="42">
        {part === 'rows' ? <CompareRows pair={pair} whole={compared.whole} /> : <FunctionRows compared={compared} />}
      </Panel>
    </Panels>
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
