import { useState } from 'react'
import type { SessionRun } from '../../../engine/session/document'
import { deleteRun, renameRun, runPresets, selectRun } from '../../state/actions-runs'
import { setCompare, setTab } from '../../state/actions-view'
import { fixed, whole } from '../../state/numbers'
import { now, useWorkbench } from '../../state/store'
import './runs.css'

/** The session's runs and imports, each with its headline figure. */
export function RunsPanel() {
  const runs = useWorkbench((state) => state.document.runs)
  const selected = useWorkbench((state) => state.document.view.selectedRun)
  return (
    <section className="runs" aria-label="Runs">
      <header>
        <h2>Runs</h2>
        <button type="button" className="button bare" title="Add a profile, or open a session (Ctrl+O)"
          onClick={() => void window.worldswitch.perform('file.open')}>
          Open…
        </button>
      </header>
      {runs.length === 0 ? <NoRuns /> : (
        <ul data-testid="runs-list">
          {runs.map((run) => <RunItem key={run.id} run={run} selected={run.id === selected} />)}
        </ul>
      )}
    </section>
  )
}

function NoRuns() {
  const busy = useWorkbench((state) => state.jobs.length > 0)
  return (
    <div className="runs-empty quiet">
      <p>{busy ? 'The first run is on its way.' : 'No runs yet. Run the scenario above, open a file, or drop one here.'}</p>
      {!busy && <button type="button" className="button" onClick={() => void runPresets()}>Run 2.0 and optimized</button>}
    </div>
  )
}

function headlineOf(run: SessionRun): string {
  if (run.kind === 'imported') return `${whole(run.source.report.samplesKept)} samples, ${run.source.format}`
  const { throughputMbps, idlePercent } = run.report
  const idle = idlePercent.direct ?? idlePercent.truth
  return `${fixed(throughputMbps, 1)} Mb/s, idle ${fixed(idle, 1)} %`
}

function RunItem({ run, selected }: { run: SessionRun; selected: boolean }) {
  const [renaming, setRenaming] = useState(false)
  const compare = useWorkbench((state) => state.document.view.compare)
  const side = compare?.a === run.id ? 'A' : compare?.b === run.id ? 'B' : null
  return (
    <li className={`run-item${selected ? ' selected' : ''}`} data-testid="run-item" data-run={run.id}>
      {renaming ? <RenameBox run={run} onDone={() => setRenaming(false)} /> : (
        <button type="button" className="run-select" aria-pressed={selected} onClick={() => selectRun(run.id)}
          onDoubleClick={() => setRenaming(true)}>
          <span className="run-name" title={run.name}>{run.name}</span>
          <span className="run-headline num">{headlineOf(run)}</span>
        </button>
      )}
      <span className="run-actions">
        <SideButton run={run} side="A" on={side === 'A'} />
        <SideButton run={run} side="B" on={side === 'B'} />
        <button type="button" className="button bare" aria-label={`Rename ${run.name}`} title="Rename (double click)"
          onClick={() => setRenaming(true)}>Rename</button>
        <button type="button" className="button bare" aria-label={`Delete ${run.name}`} title="Delete from the session"
          onClick={() => deleteRun(run.id)}>Delete</button>
      </span>
    </li>
  )
}

function SideButton({ run, side, on }: { run: SessionRun; side: 'A' | 'B'; on: boolean }) {
  return (
    <button type="button" className="button bare run-side" aria-pressed={on}
      aria-label={`Compare ${run.name} as ${side}`} title={`Use as ${side} in Compare`} onClick={() => takeSide(run.id, side)}>
      {side}
    </button>
  )
}

/** The other side keeps its run, or takes another one when it would be the same. */
function takeSide(id: string, side: 'A' | 'B'): void {
  const { document: { runs, view } } = now()
  const current = side === 'A' ? view.compare?.b : view.compare?.a
  const other = current && current !== id ? current : runs.find((run) => run.id !== id)?.id
  if (other === undefined) return
  setCompare(...(side === 'A' ? [id, other] : [other, id]) as [string, string])
  setTab('compare')
}

function RenameBox({ run, onDone }: { run: SessionRun; onDone: () => void }) {
  const [name, setName] = useState(run.name)
  const finish = (keep: boolean) => {
    if (keep) renameRun(run.id, name)
    onDone()
  }
  return (
    <input className="input run-rename" aria-label={`New name of ${run.name}`} value={name} autoFocus
      onFocus={(event) => event.target.select()} onChange={(event) => setName(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') finish(true)
        if (event.key === 'Escape') finish(false)
      }} />
  )
}
