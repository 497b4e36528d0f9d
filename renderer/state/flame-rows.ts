import { attributeProfile } from '../../engine/experiments/rows-of-profile'
import { rowById } from '../../engine/paper/rows'
import type { Classification } from '../../engine/profile/classify/classify'
import { importedRowById, importedRowIds, isVmmRow, rowNumber } from '../../engine/profile/classify/rows'
import type { Profile } from '../../engine/profile/columns'
import { rootFrames } from '../../engine/profile/roots'
import type { CallTree } from '../../engine/profile/tree'
import type { ImportedRun, SessionRun } from '../../engine/session/document'
import { classificationOfRun } from './imported-tables'
import { runOf } from './derived'
import { frameOfStep, nameOfStep, stepOf, type FramePath } from './frame-path'
import { now, type Workbench } from './store'

/** Which row of Table 2 each stack of a run belongs to. */
export interface RowsOfRun {
  /** Null: in no row. */
  rowOf(stack: number): string | null
  /** A test for each stack; row 'vmm' holds those of all VMM time. */
  isIn(row: string): (stack: number) => boolean
}

const attributions = new WeakMap<Profile, RowsOfRun>()
const ofClassifications = new WeakMap<Classification, RowsOfRun>()

/** By the machine's own functions, or by the rules of a recorded profile; null while a large one is being classified. */
export function rowsOfRun(run: SessionRun): RowsOfRun | null {
  if (run.kind === 'imported') return rowsByRules(run)
  let known = attributions.get(run.profile)
  if (!known) attributions.set(run.profile, known = rowsByFunctions(run.profile))
  return known
}

function rowsByFunctions(profile: Profile): RowsOfRun {
  const { rowOf, inVmm } = attributeProfile(profile)
  return {
    rowOf: (stack) => rowOf[stack] ?? null,
    isIn: (row) => (row === 'vmm' ? (stack) => inVmm[stack] === true : (stack) => rowOf[stack] === row),
  }
}

function rowsByRules(run: ImportedRun): RowsOfRun | null {
  const classification = classificationOfRun(run, now().document.ruleSets)
  if (!classification) return null
  let known = ofClassifications.get(classification)
  if (!known) {
    const { row } = classification
    known = {
      rowOf: (stack) => importedRowIds[row[stack]!] ?? null,
      isIn(wanted) {
        const number = rowNumber.get(wanted) ?? -1
        return wanted === 'vmm' ? (stack) => isVmmRow[row[stack]!] === 1 : (stack) => row[stack] === number
      },
    }
    ofClassifications.set(classification, known)
  }
  return known
}

/** Its name among the rows of the kind of run. */
export function rowLabel(run: SessionRun, row: string): string | null {
  return (run.kind === 'imported' ? importedRowById : rowById).get(row)?.label ?? null
}

/** Whether the time of a box itself belongs to a row of Table 2: a test for each node. */
export function inRow(run: SessionRun, { stack }: CallTree, row: string): (node: number) => boolean {
  const isIn = rowsOfRun(run)?.isIn(row)
  return (node) => stack[node]! >= 0 && isIn?.(stack[node]!) === true
}

/** The row of Table 2 that the selected box belongs to, or the selected row itself; null where there is none. */
export function rowOfSelection(state: Pick<Workbench, 'document' | 'selection'>): string | null {
  const { selection } = state
  if (selection.kind === 'row') return selection.row
  if (selection.kind !== 'frame') return null
  const run = runOf(state, selection.run)
  const row = run && rowOfFrame(run, selection.path)
  return run && row && rowLabel(run, row) !== null ? row : null
}

/** The row that a box of a flame belongs to; null where no row has it. */
export function rowOfFrame(run: SessionRun, path: FramePath): string | null {
  const stack = stackOfPath(run.profile, path)
  return stack < 0 ? null : rowsOfRun(run)?.rowOf(stack) ?? null
}

const found = new WeakMap<FramePath, { profile: Profile; stack: number }>()

/** The run's stack at the end of a path; a path of VMM time alone lacks its outermost frame. Looked for once: paths never change. */
export function stackOfPath(profile: Profile, path: FramePath): number {
  const known = found.get(path)
  if (known?.profile === profile) return known.stack
  const stack = lookFor(profile, path)
  found.set(path, { profile, stack })
  return stack
}

function lookFor(profile: Profile, path: FramePath): number {
  const frames = path.map((step) => frameOfStep(profile.frames, step))
  if (frames.length === 0 || frames.includes(-1)) return -1
  const outright = stackBelow(profile, -1, frames)
  const root = outright < 0 ? vmmRoot(profile) : -1
  return root < 0 ? outright : stackBelow(profile, root, frames)
}

/** The stack that `frames` lead to from a stack, -1: from the outermost. Callees come after their callers: once through all of them. */
function stackBelow({ stacks: { parent, frame } }: Profile, from: number, frames: readonly number[]): number {
  let at = from
  let met = 0
  for (let stack = from + 1; stack < parent.length; stack++) {
    if (parent[stack] !== at || frame[stack] !== frames[met]) continue
    at = stack
    if (++met === frames.length) return at
  }
  return -1
}

function vmmRoot({ stacks, frames }: Profile): number {
  if (!frames.name.includes(rootFrames.vmm)) return -1
  return stacks.parent.findIndex((above, stack) => above < 0 && frames.name[stacks.frame[stack]!] === rootFrames.vmm)
}

/** Path of one of the run's stacks, as the plain tree of the scope has it. */
export function pathOfStack(profile: Profile, stack: number, scope: 'total' | 'vmm'): FramePath {
  const path: FramePath = []
  for (let at = stack; at >= 0; at = profile.stacks.parent[at]!) {
    path.push(stepOf(profile.frames, profile.stacks.frame[at]!))
  }
  path.reverse()
  return scope === 'vmm' && path[0] !== undefined && nameOfStep(path[0]) === rootFrames.vmm ? path.slice(1) : path
}
