import { commands, type CommandId, type MainCommand, type WindowCommand } from '../../engine/commands'
import { viewIds, type ViewId } from '../../engine/session/document'
import { showTourStep } from './actions-help'
import { moveRun, runOtherSeeds, setRenaming } from './actions-run-list'
import { deleteRun, editScenario, runDraft, runPresets } from './actions-runs'
import { startNote } from './actions-notes'
import { clearRange, setDialog, setTab } from './actions-view'
import { selectedRun } from './derived'
import { cancelJob } from './engine'
import { exportReport } from './export-report'
import { exportPicture, exportTable } from './export-view'
import { redo, undo } from './history'
import { verifyRun } from './actions-verify'
import { change, now, type Workbench } from './store'
import { focusedText } from './text-focus'

interface Handler {
  run(): void
  /** Whether it makes sense now; left out: always. A key whose command does not is not taken from anybody. */
  can?(state: Workbench): boolean
}

/** What the commands of the window do; the map of all commands is engine/commands.ts. */
const handlers: Record<WindowCommand, Handler> = {
  'file.export-png': { run: () => void exportPicture('png'), can: anyRun },
  'file.export-svg': { run: () => void exportPicture('svg'), can: anyRun },
  'file.export-csv': { run: () => void exportTable(), can: anyRun },
  'file.export-html': { run: () => void exportReport('html'), can: (state) => anyRun(state) || state.document.notes !== '' },
  'file.export-markdown': { run: () => void exportReport('markdown'), can: (state) => anyRun(state) || state.document.notes !== '' },
  'file.export-profile': withRun(() => setDialog('export')),
  'edit.undo': { run: () => undoOrRedo('undo'), can: (state) => state.history.past.length > 0 || focusedText() !== null },
  'edit.redo': { run: () => undoOrRedo('redo'), can: (state) => state.history.future.length > 0 || focusedText() !== null },
  'edit.search': { run: search, can: (state) => state.document.runs.length > 0 },
  'edit.note': { run: () => startNote() },
  ...viewHandlers(),
  'view.palette': { run: () => setDialog('palette') },
  'view.inspector': { run: () => change(({ shell }) => { shell.inspectorToggled++ }) },
  'view.whole-run': { run: clearRange, can: (state) => state.range !== null },
  'run.start': { run: () => void runDraft(), can: (state) => state.engine.state !== 'failed' },
  'run.cancel': { run: cancelJob, can: (state) => state.jobs.length > 0 },
  'run.presets': { run: () => void runPresets(), can: (state) => state.engine.state !== 'failed' },
  'run.rename': withRun((id) => setRenaming(id)),
  'run.to-editor': withSimulated((id) => editScenario(id)),
  'run.other-seed': withSimulated((id) => void runOtherSeeds(id, 1)),
  'run.other-seeds': withSimulated((id) => void runOtherSeeds(id, 10)),
  'run.verify': withSimulated((id) => void verifyRun(id)),
  'run.up': withRun((id) => moveRun(id, -1)),
  'run.down': withRun((id) => moveRun(id, 1)),
  'run.delete': withRun((id) => deleteRun(id)),
  'help.view': { run: () => setDialog('help') },
  'help.tour': { run: () => showTourStep(0) },
  'help.keyboard': { run: () => setDialog('keyboard') },
  'help.recording': { run: () => setDialog('recording') },
  'help.diagnostics': { run: () => setDialog('diagnostics') },
  'help.about': { run: () => setDialog('about') },
}

function anyRun(state: Workbench): boolean {
  return state.document.runs.length > 0
}

function viewHandlers(): Record<`view.${ViewId}`, Handler> {
  const entries = viewIds.map((id): [string, Handler] => [`view.${id}`, { run: () => setTab(id) }])
  return Object.fromEntries(entries) as Record<`view.${ViewId}`, Handler>
}

function withRun(work: (id: string) => void): Handler {
  return {
    run: () => {
      const run = selectedRun(now())
      if (run) work(run.id)
    },
    can: (state) => selectedRun(state) !== null,
  }
}

function withSimulated(work: (id: string) => void): Handler {
  return { run: withRun(work).run, can: (state) => selectedRun(state)?.kind === 'simulated' }
}

/** A text field that has the focus undoes its own typing; elsewhere it is the session's last change. */
function undoOrRedo(way: 'undo' | 'redo'): void {
  if (focusedText()) {
    document.execCommand(way)
    return
  }
  const words = way === 'undo' ? undo() : redo()
  if (words !== null) change((state) => { state.shell.said = { way: way === 'undo' ? 'undone' : 'redone', words } })
}

function search(): void {
  setTab('flame')
  // the field exists once the tab is shown
  requestAnimationFrame(() => document.querySelector<HTMLInputElement>('[data-testid="flame-search"]')?.focus())
}

function isOfWindow(id: CommandId): id is WindowCommand {
  return commands[id].by === 'window'
}

/** Whether a command makes sense now; those of the main process always do. */
export function canPerform(state: Workbench, id: WindowCommand | MainCommand): boolean {
  return !isOfWindow(id) || (handlers[id].can?.(state) ?? true)
}

/** Carries a command out, whoever asked: menu, key, palette or button. False: it makes no sense now. */
export function perform(id: WindowCommand | MainCommand): boolean {
  if (!canPerform(now(), id)) return false
  if (isOfWindow(id)) handlers[id].run()
  else void window.worldswitch.perform(id)
  return true
}

/** As in the menu, with what would be undone or done again. */
export function titleNow({ history }: Workbench, id: CommandId): string {
  const { title } = commands[id]
  if (id === 'edit.undo' && history.past.length > 0) return `${title}: ${history.past.at(-1)!.words}`
  if (id === 'edit.redo' && history.future.length > 0) return `${title}: ${history.future.at(-1)!.words}`
  return title
}
