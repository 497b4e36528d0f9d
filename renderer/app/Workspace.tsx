import { Suspense, useEffect } from 'react'
import { Panel, Separator } from 'react-resizable-panels'
import { viewIds, viewTitles, type SessionView } from '../../engine/session/document'
import { HelpButton } from '../help/ViewHelp'
import { setTab } from '../state/actions-view'
import { useWorkbench } from '../state/store'
import { RunsPanel } from '../views/runs/RunsPanel'
import { ScenarioPanel } from '../views/scenario/ScenarioPanel'
import { Panels } from '../widgets/Panels'
import { needsRuns, NothingYet } from './NothingYet'
import { RangeChip } from './RangeChip'
import { loadViews, tabs } from './tabs'
import { ViewAndInspector } from './ViewAndInspector'

/** Three panels: the scenario with the runs, the view, the inspector. */
export function Workspace() {
  return (
    <main className="workspace">
      <h1 className="visually-hidden">Worldswitch</h1>
      <Panels orientation="horizontal" id="outer" panelIds={['left', 'main']} always>
        <Panel id="left" minSize={216} defaultSize={248} maxSize={420} groupResizeBehavior="preserve-pixel-size" className="left-panel">
          <ScenarioPanel />
          <RunsPanel />
        </Panel>
        <Separator className="splitter vertical" />
        <Panel id="main" minSize={480}>
          <ViewAndInspector><Centre /></ViewAndInspector>
        </Panel>
      </Panels>
    </main>
  )
}

function Centre() {
  const tab = useWorkbench((state) => state.document.view.tab)
  const any = useWorkbench((state) => state.document.runs.length > 0)
  const idle = useWorkbench((state) => state.jobs.length === 0)
  // after the first picture, for which they are not needed
  useEffect(() => { if (any && idle) loadViews() }, [any, idle])
  const shown = tabs.find((one) => one.id === tab) ?? tabs[0]!
  const View = any || !needsRuns(shown.id) ? shown.view : NothingYet
  return (
    <div className="centre">
      <div className="tab-row"><TabBar tab={tab} /><HelpButton /></div>
      <RangeChip />
      <div className="centre-view" role="tabpanel" id="centre-view" aria-labelledby={`tab-${tab}`}><Suspense fallback={<Loading />}><View /></Suspense></div>
    </div>
  )
}

/** For the moment that a view takes to be read from the disk, when it is shown for the first time. */
function Loading() {
  return <p className="visually-hidden" role="status" data-testid="view-loading">The view is being loaded.</p>
}

function TabBar({ tab }: { tab: SessionView['tab'] }) {
  const move = (step: number) => {
    const at = tabs.findIndex((one) => one.id === tab)
    const next = tabs[(at + step + tabs.length) % tabs.length]!
    setTab(next.id)
    document.getElementById(`tab-${next.id}`)?.focus()
  }
  return (
    <div className="tab-bar" role="tablist" aria-label="Views" onKeyDown={(event) => {
      if (event.key === 'ArrowRight') move(1)
      if (event.key === 'ArrowLeft') move(-1)
    }}>
      {tabs.map(({ id, load }) => (
        <button key={id} type="button" role="tab" id={`tab-${id}`} data-testid={`tab-${id}`} aria-selected={tab === id}
          aria-controls="centre-view" tabIndex={tab === id ? 0 : -1} title={`${viewTitles[id]} (Ctrl+${viewIds.indexOf(id) + 1})`} onPointerEnter={() => void load?.().catch(() => undefined)} onClick={() => setTab(id)}>
          {viewTitles[id]}
        </button>
      ))}
    </div>
  )
}
