import { flushSync } from 'react-dom'
import { commandIds, commands, type CommandId, type MainCommand, type WindowCommand } from '../../engine/commands'
import { optimizationIds, optimizationsOfPreset, whatIfIds } from '../../engine/machine/scenario'
import { compareRuns } from '../state/actions-run-list'
import { selectRun } from '../state/actions-runs'
import { editDraft, setDialog } from '../state/actions-view'
import { canPerform, perform, titleNow } from '../state/commands'
import { selectedRun } from '../state/derived'
import { optimizationLabels, whatIfLabels } from '../state/scenario-words'
import type { Workbench } from '../state/store'

export interface PaletteEntry {
  id: string
  title: string
  /** What else it is found by. */
  keywords: string[]
  keys: readonly string[]
  /** Null: what it is about may be gone the next time, so it is not among the recent ones. */
  command: CommandId | null
  run(): void
}

export interface PaletteGroup {
  title: string
  entries: PaletteEntry[]
}

/** Everything that makes sense now. */
export function paletteGroups(state: Workbench): PaletteGroup[] {
  const all = commandIds.filter(isOffered).filter((id) => canPerform(state, id))
  const isView = (id: CommandId) => commands[id].menu?.in === 'view' && commands[id].menu.section === 1
  return [
    { title: 'Commands', entries: all.filter((id) => !isView(id)).map((id) => commandEntry(state, id)) },
    { title: 'Views', entries: all.filter(isView).map((id) => commandEntry(state, id)) },
    { title: 'Runs', entries: runEntries(state) },
    { title: 'Scenario', entries: scenarioEntries(state) },
  ].filter((group) => group.entries.length > 0)
}

function isOffered(id: CommandId): id is WindowCommand | MainCommand {
  const { by } = commands[id]
  return (by === 'window' || by === 'main') && id !== 'view.palette'
}

function commandEntry(state: Workbench, id: WindowCommand | MainCommand): PaletteEntry {
  const { does, keys, title } = commands[id]
  return { id, title: titleNow(state, id), keywords: [title, does ?? ''], keys, command: id, run: () => perform(id) }
}

function runEntries(state: Workbench): PaletteEntry[] {
  const { runs } = state.document
  const selected = selectedRun(state)
  const entry = (id: string, title: string, run: () => void): PaletteEntry =>
    ({ id, title, keywords: [], keys: [], command: null, run })
  return [
    ...runs.map(({ id, name }) => entry(`select:${id}`, `Select ${name}`, () => selectRun(id))),
    ...(selected ? runs.filter((run) => run !== selected).map(({ id, name }) =>
      entry(`compare:${id}`, `Compare ${selected.name} with ${name}`, () => compareRuns(selected.id, id))) : []),
  ]
}

function scenarioEntries({ scenario }: Workbench): PaletteEntry[] {
  const entry = (id: string, title: string, run: () => void): PaletteEntry =>
    ({ id: `scenario:${id}`, title, keywords: ['scenario', id], keys: [], command: null, run })
  const presets = [
    entry('native', 'Version: Native', () => editDraft((draft) => { draft.vm = 'native' })),
    ...([['2.0', '2.0'], ['optimized', 'Optimized']] as const).map(([preset, name]) =>
      entry(preset, `Version: ${name}`, () => editDraft((draft) => {
        draft.vm = 'hosted'
        draft.optimizations = optimizationsOfPreset(preset)
      }))),
  ]
  if (scenario.vm === 'native') return presets
  return [
    ...presets,
    ...optimizationIds.map((id) => entry(id, `Switch ${onOff(!scenario.optimizations.includes(id))}: ${optimizationLabels[id].label}`,
      () => editDraft((draft) => { draft.optimizations = toggled(optimizationIds, draft.optimizations, id) }))),
    ...whatIfIds.map((id) => entry(id, `Switch ${onOff(!scenario.whatIfs.includes(id))}: ${whatIfLabels[id].label}`,
      () => editDraft((draft) => { draft.whatIfs = toggled(whatIfIds, draft.whatIfs, id) }))),
  ]
}

const onOff = (on: boolean) => (on ? 'on' : 'off')

function toggled<Id extends string>(all: readonly Id[], chosen: readonly Id[], id: Id): Id[] {
  return all.filter((one) => (one === id ? !chosen.includes(one) : chosen.includes(one)))
}

/** Closed first: the focus is back where it was, and Undo or Copy mean what is there. */
export function choose(entry: PaletteEntry): void {
  flushSync(() => setDialog('none'))
  if (entry.command) remember(entry.command)
  entry.run()
}

const storageKey = 'worldswitch.recent-commands'
const maxRecent = 6

/** Commands chosen last in the palette, newest first, as far as they make sense now. */
export function recentCommands(): CommandId[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    if (!Array.isArray(kept)) return []
    return commandIds.filter((id) => kept.includes(id)).sort((a, b) => kept.indexOf(a) - kept.indexOf(b))
  } catch {
    // damaged by somebody else: begin anew
    return []
  }
}

function remember(id: CommandId): void {
  const recent = [id, ...recentCommands().filter((one) => one !== id)].slice(0, maxRecent)
  localStorage.setItem(storageKey, JSON.stringify(recent))
}
