import { useCallback, useState, type DragEvent } from 'react'
import { compareRuns, moveRunTo } from '../../state/actions-run-list'
import { runPresets } from '../../state/actions-runs'
import { useWorkbench } from '../../state/store'
import { Menu } from '../../widgets/Menu'
import { dropZone, runDragType, type Drop } from './drag'
import { focusRun } from './focus'
import { RunItem } from './RunItem'
import { menuOf } from './run-menu'
import './runs.css'

interface OpenMenu { run: string; at: { x: number; y: number } }

/** The session's runs and imports, each with its headline figure. */
export function RunsPanel() {
  const runs = useWorkbench((state) => state.document.runs)
  const selected = useWorkbench((state) => state.document.view.selectedRun)
  const [drop, setDrop] = useState<Drop | null>(null)
  const [dragged, setDragged] = useState<string | null>(null)
  const [menu, setMenu] = useState<OpenMenu | null>(null)
  const closeMenu = useCallback(() => {
    setMenu((open) => {
      if (open) focusRun(open.run)
      return null
    })
  }, [])
  const end = () => {
    setDrop(null)
    setDragged(null)
  }
  const over = (event: DragEvent, id: string) => {
    if (dragged === null || dragged === id) return setDrop(null)
    event.preventDefault()
    const zone = dropZone(event)
    if (drop?.run !== id || drop.zone !== zone) setDrop({ run: id, zone })
  }
  const dropped = (event: DragEvent) => {
    event.preventDefault()
    if (drop && dragged !== null) {
      if (drop.zone === 'onto') compareRuns(drop.run, dragged)
      else {
        const others = runs.filter((run) => run.id !== dragged)
        moveRunTo(dragged, others.findIndex((run) => run.id === drop.run) + (drop.zone === 'after' ? 1 : 0))
      }
    }
    end()
  }
  const menuRun = menu && runs.find((run) => run.id === menu.run)
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
        <ul data-testid="runs-list" aria-label="Runs of the session" onDrop={dropped} onDragEnd={end}>
          {runs.map((run) => (
            <RunItem key={run.id} run={run} selected={run.id === selected} drop={drop?.run === run.id ? drop.zone : null}
              onDrag={(event) => {
                event.dataTransfer.setData(runDragType, run.id)
                event.dataTransfer.effectAllowed = 'linkMove'
                setDragged(run.id)
              }}
              onOver={(event) => over(event, run.id)} onMenu={(at) => setMenu({ run: run.id, at })} />
          ))}
        </ul>
      )}
      {drop && <p className="runs-drop" role="status">{drop.zone === 'onto' ? 'Drop to compare the two' : 'Drop to put it here'}</p>}
      {menu && menuRun && (
        <Menu label={`What to do with ${menuRun.name}`} at={menu.at} sections={menuOf(menuRun, runs)} onClose={closeMenu} />
      )}
    </section>
  )
}

function NoRuns() {
  const job = useWorkbench((state) => state.jobs[0]?.title)
  const { state: engine, reason } = useWorkbench((state) => state.engine)
  if (engine === 'failed' || engine === 'down') {
    return (
      <div className="runs-empty quiet">
        <p>No runs: the engine is {engine === 'down' ? 'down and being started again' : 'stopped'}{reason ? ` (${reason})` : ''}.</p>
        {engine === 'failed' && (
          <button type="button" className="button" onClick={() => void window.worldswitch.restartEngine()}>Start it again</button>
        )}
      </div>
    )
  }
  return (
    <div className="runs-empty quiet">
      <p>{job ? `On its way: ${job}.` : 'No runs yet. Run the scenario above, open a file, or drop one here.'}</p>
      {!job && <button type="button" className="button" onClick={() => void runPresets()}>Run 2.0 and optimized</button>}
    </div>
  )
}
