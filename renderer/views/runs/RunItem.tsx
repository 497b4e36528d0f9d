import { useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import { commandOfKey, keyWords } from '../../../engine/commands'
import type { SessionRun } from '../../../engine/session/document'
import { colourOf, setRenaming, walkRuns } from '../../state/actions-run-list'
import { deleteRun, renameRun, selectRun } from '../../state/actions-runs'
import { setCompare, setTab } from '../../state/actions-view'
import { perform } from '../../state/commands'
import { samplesName, samplesOf } from '../../state/derived'
import { fixed, whole } from '../../state/numbers'
import { now, useWorkbench } from '../../state/store'
import { isTextField } from '../../state/text-focus'
import { RunSwatch } from '../../widgets/RunSwatch'
import type { Zone } from './drag'
import { focusRun } from './focus'

interface RunItemProps {
  run: SessionRun
  selected: boolean
  drop: Zone | null
  onDrag: (event: DragEvent) => void
  onOver: (event: DragEvent) => void
  onMenu: (at: { x: number; y: number }) => void
}

export function RunItem({ run, selected, drop, onDrag, onOver, onMenu }: RunItemProps) {
  const renaming = useWorkbench((state) => state.shell.renaming === run.id)
  const compare = useWorkbench((state) => state.document.view.compare)
  const pins = useWorkbench((state) => state.document.pins?.filter((pin) => pin.at.run === run.id).length ?? 0)
  const side = compare?.a === run.id ? 'A' : compare?.b === run.id ? 'B' : null
  const colour = colourOf(run)
  const item = useRef<HTMLLIElement>(null)
  // also where something else than this list chose it: a new run, an opened session, the palette
  useEffect(() => { if (selected) item.current?.scrollIntoView({ block: 'nearest' }) }, [selected])
  const menuBelow = (element: Element) => {
    const { left, bottom } = element.getBoundingClientRect()
    onMenu({ x: left, y: bottom })
  }
  return (
    <li ref={item} className={`run-item${selected ? ' selected' : ''}${drop ? ` drop-${drop}` : ''}`} data-testid="run-item" data-run={run.id}
      draggable={!renaming} onDragStart={onDrag} onDragOver={onOver}
      onContextMenu={(event) => {
        event.preventDefault()
        onMenu({ x: event.clientX, y: event.clientY })
      }}
      onKeyDown={(event) => onKey(event, run.id, menuBelow)}>
      {renaming ? <RenameBox run={run} /> : (
        <button type="button" className="run-select" aria-pressed={selected} onClick={() => selectRun(run.id)}
          onDoubleClick={() => setRenaming(run.id)}>
          <span className="run-title">
            {colour && <RunSwatch colour={colour} />}
            <span className="run-name" title={run.name}>{run.name}</span>
          </span>
          <span className="run-headline num">{headlineOf(run)}{pins > 0 && `, ${pins} ${pins === 1 ? 'note' : 'notes'}`}</span>
        </button>
      )}
      <span className="run-actions">
        <SideButton run={run} side="A" on={side === 'A'} />
        <SideButton run={run} side="B" on={side === 'B'} />
        <button type="button" className="button bare" aria-label={`Rename ${run.name}`} title="Rename (F2, double click)"
          onClick={() => setRenaming(run.id)}>Rename</button>
        <button type="button" className="button bare" aria-label={`Delete ${run.name}`}
          title="Delete from the session (Delete); can be undone" onClick={() => deleteRun(run.id)}>Delete</button>
        <button type="button" className="button bare" aria-label={`More for ${run.name}`} aria-haspopup="menu" title="More (Shift+F10)"
          onClick={(event) => menuBelow(event.currentTarget)}>⋯</button>
      </span>
    </li>
  )
}

function headlineOf(run: SessionRun): string {
  if (run.kind === 'imported') return `${whole(samplesOf(run))} ${samplesName(run)}, ${run.source.format}`
  const { throughputMbps, idlePercent } = run.report
  const idle = idlePercent.direct ?? idlePercent.truth
  return `${fixed(throughputMbps, 1)} Mb/s, idle ${fixed(idle, 1)} %`
}

/** Keys of the list are about the run that has the focus, which they select. */
function onKey(event: KeyboardEvent, id: string, menuBelow: (element: Element) => void): void {
  if (isTextField(event.target)) return
  const words = keyWords(event)
  const taken = () => {
    event.preventDefault()
    event.stopPropagation()
  }
  if (words === 'Shift+F10' || words === 'Menu') {
    taken()
    menuBelow(event.currentTarget)
    return
  }
  const step = words === '↓' ? 1 : words === '↑' ? -1 : 0
  const command = commandOfKey(event, 'runs') ?? (words === 'F2' ? 'run.rename' : null)
  if (step === 0 && command === null) return
  taken()
  if (now().document.view.selectedRun !== id) selectRun(id)
  if (step !== 0) walkRuns(step)
  else if (command) perform(command)
  focusRun(now().document.view.selectedRun)
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

function RenameBox({ run }: { run: SessionRun }) {
  const [name, setName] = useState(run.name)
  const finish = (keep: boolean) => {
    if (now().shell.renaming !== run.id) return
    if (keep) renameRun(run.id, name)
    setRenaming(null)
  }
  return (
    <input className="input run-rename" aria-label={`New name of ${run.name}`} value={name} autoFocus
      onFocus={(event) => event.target.select()} onChange={(event) => setName(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key !== 'Enter' && event.key !== 'Escape') return
        finish(event.key === 'Enter')
        focusRun(run.id)
      }} />
  )
}
