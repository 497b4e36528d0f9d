import { useSyncExternalStore } from 'react'
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels'
import { viewIds, viewTitles, type SessionView } from '../../engine/session/document'
import { setTab } from '../state/actions-view'
import { useWorkbench } from '../state/store'
import { Inspector } from '../views/inspector/Inspector'
import { RunsPanel } from '../views/runs/RunsPanel'
import { ScenarioPanel } from '../views/scenario/ScenarioPanel'
import { needsRuns, NothingYet } from './NothingYet'
import { RangeChip } from './RangeChip'
import { tabs } from './tabs'

/** Three panels; in a narrow window the inspector docks below the view, so that neither is cut. */
export function Workspace() {
  const wide = useMedia('(min-width: 1200px)')
  const outer = useDefaultLayout({ id: 'outer', panelIds: ['left', 'main'], storage: localStorage })
  const inner = useDefaultLayout({ id: wide ? 'inner-wide' : 'inner-narrow', panelIds: ['centre', 'inspector'], storage: localStorage })
  return (
    <main className="workspace">
      <h1 className="visually-hidden">Worldswitch</h1>
      <Group orientation="horizontal" id="outer" defaultLayout={outer.defaultLayout} onLayoutChanged={outer.onLayoutChanged}>
        <Panel id="left" minSize={216} defaultSize={248} maxSize={420} groupResizeBehavior="preserve-pixel-size" className="left-panel">
          <ScenarioPanel />
          <RunsPanel />
        </Panel>
        <Separator className="splitter vertical" />
        <Panel id="main" minSize={480}>
          <Group key={wide ? 'wide' : 'narrow'} orientation={wide ? 'horizontal' : 'vertical'} id={wide ? 'inner-wide' : 'inner-narrow'}
            defaultLayout={inner.defaultLayout} onLayoutChanged={inner.onLayoutChanged}>
            <Panel id="centre" minSize={wide ? 480 : 260}><Centre /></Panel>
            <Separator className={`splitter ${wide ? 'vertical' : 'horizontal'}`} />
            <Panel id="inspector" collapsible minSize={wide ? 224 : 60} defaultSize={wide ? 250 : 104} maxSize={wide ? 480 : 320}
              groupResizeBehavior="preserve-pixel-size" className={wide ? '' : 'docked-below'}>
              <Inspector />
            </Panel>
          </Group>
        </Panel>
      </Group>
    </main>
  )
}

function Centre() {
  const tab = useWorkbench((state) => state.document.view.tab)
  const any = useWorkbench((state) => state.document.runs.length > 0)
  const shown = tabs.find((one) => one.id === tab) ?? tabs[0]!
  const View = any || !needsRuns(shown.id) ? shown.view : NothingYet
  return (
    <div className="centre">
      <TabBar tab={tab} />
      <RangeChip />
      <div className="centre-view" role="tabpanel" id="centre-view" aria-labelledby={`tab-${tab}`}><View /></div>
    </div>
  )
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
      {tabs.map(({ id }) => (
        <button key={id} type="button" role="tab" id={`tab-${id}`} data-testid={`tab-${id}`} aria-selected={tab === id}
          aria-controls="centre-view" tabIndex={tab === id ? 0 : -1} title={`${viewTitles[id]} (Ctrl+${viewIds.indexOf(id) + 1})`} onClick={() => setTab(id)}>
          {viewTitles[id]}
        </button>
      ))}
    </div>
  )
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => window.matchMedia(query).matches,
  )
}
