import { runOf, selectedRun } from '../../state/derived'
import { inRange } from '../../state/shown'
import { useWorkbench } from '../../state/store'
import { FrameInspector } from './FrameInspector'
import { ImportedRowInspector } from './ImportedRowInspector'
import { ImportInspector } from './ImportInspector'
import { NotesHere } from './NotesHere'
import { RowInspector } from './RowInspector'
import { RunInspector } from './RunInspector'
import { SliceInspector } from './SliceInspector'
import './inspector.css'

/** What is selected: what it is, how its figure was obtained, and why it is there. */
export function Inspector() {
  return (
    <aside className="inspector" aria-label="Inspector" tabIndex={0}>
      <div className="inspector-content">
        <Content />
        <Notes />
      </div>
    </aside>
  )
}

function Content() {
  const selection = useWorkbench((state) => state.selection)
  const run = useWorkbench((state) => (state.selection.kind === 'none' ? selectedRun(state) : runOf(state, state.selection.run)))
  const ranged = useWorkbench((state) => run !== null && inRange(state, run) !== null)
  if (!run) return <p className="quiet">Select a run, a row or a box: what it is, how it was measured and why appear here.</p>
  if (selection.kind === 'frame') return <FrameInspector run={run} path={selection.path} />
  if (selection.kind === 'slice' && run.kind === 'simulated') return <SliceInspector run={run} slice={selection.slice} />
  if (selection.kind === 'row') {
    return run.kind === 'simulated' ? <RowInspector run={run} rowId={selection.row} /> : <ImportedRowInspector run={run} rowId={selection.row} />
  }
  return (
    <>
      {ranged && <p className="quiet">Of the whole run, not of the chosen range.</p>}
      {run.kind === 'simulated' ? <RunInspector run={run} /> : <ImportInspector run={run} />}
    </>
  )
}

function Notes() {
  const any = useWorkbench((state) => state.document.runs.length > 0)
  return any ? <NotesHere /> : null
}
