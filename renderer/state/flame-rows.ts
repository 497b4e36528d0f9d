import { attributeProfile } from '../../engine/experiments/rows-of-profile'
import type { Attribution } from '../../engine/experiments/attribution'
import { rowById } from '../../engine/paper/rows'
import type { Classification } from '../../engine/profile/classify/classify'
import { importedRowById, importedRowIds, isVmmRow } from '../../engine/profile/classify/rows'
import type { Profile } from '../../engine/profile/columns'
import { rootFrames } from '../../engine/profile/roots'
import type { CallTree } from '../../engine/profile/tree'
import type { ImportedRun, SessionRun } from '../../engine/session/document'
import { classificationOfRun } from './imported-tables'
import { runOf } from './derived'
import { nameOfStep, type FramePath } from './frame-path'
import type { ShownFlame } from './flame-shown'
import { now, type Workbench } from './store'

const attributions = new WeakMap<Profile, Attribution>()

const ofClassifications = new WeakMap<Classification, Attribution>()

/** Which row of Table 2 each stack belongs to: by the machine's own functions, or by the rules of a recorded profile. */
export function rowsOfRun(run: SessionRun): Attribution {
  if (run.kind === 'imported') return rowsByRules(run)
  let known = attributions.get(run.profile)
  if (!known) attributions.set(run.profile, known = attributeProfile(run.profile))
  return known
}

function rowsByRules(run: ImportedRun): Attribution {
  const classification = classificationOfRun(run, now().document.ruleSets)
  let known = ofClassifications.get(classification)
  if (!known) {
    const { row } = classification
    known = { rowOf: Array.from(row, (one) => importedRowIds[one]!), inVmm: Array.from(row, (one) => isVmmRow[one] === 1) }
    ofClassifications.set(classification, known)
  }
  return known
}

/** Its name among the rows of the kind of run. */
export function rowLabel(run: SessionRun, row: string): string | null {
  return (run.kind === 'imported' ? importedRowById : rowById).get(row)?.label ?? null
}

/** Whether the time of a box itself belongs to a row of Table 2: a test for each node. */
export function inRow(flame: ShownFlame, tree: CallTree, row: string): (node: number) => boolean {
  const rows = rowsOfRun(flame.run)
  return (node) => {
    const stack = originOfNode(flame, tree, node)
    return stack >= 0 && (row === 'vmm' ? rows.inVmm[stack] === true : rows.rowOf[stack] === row)
  }
}

/** The run's stack that a node stands for, or -1. */
export function originOfNode(flame: ShownFlame, tree: CallTree, node: number): number {
  const stack = tree.stack[node]!
  // without transforms the tree from callers to callees is that of the run itself, in either scope
  const origin = tree === flame.down.tree && flame.found.length === 0 ? null : flame.origin
  return stack < 0 || !origin ? stack : origin[stack]!
}

/** The row of Table 2 that the selected box belongs to, or the selected row itself; null where there is none. */
export function rowOfSelection(state: Pick<Workbench, 'document' | 'selection'>): string | null {
  const { selection } = state
  if (selection.kind === 'row') return selection.row
  if (selection.kind !== 'frame') return null
  const run = runOf(state, selection.run)
  const stack = run ? stackOfPath(run.profile, selection.path) : -1
  const row = run && stack >= 0 ? rowsOfRun(run).rowOf[stack] : null
  return run && row && rowLabel(run, row) !== null ? row : null
}

/** The run's stack at the end of a path; a path of VMM time alone lacks its outermost frame. */
export function stackOfPath(profile: Profile, path: FramePath): number {
  const children = childrenByName(profile)
  const walk = (from: number) => {
    let stack = from
    for (const step of path) {
      stack = children.get(`${stack}\n${step}`) ?? -1
      if (stack < 0) return -1
    }
    return stack
  }
  if (path.length === 0) return -1
  const outright = walk(-1)
  return outright >= 0 ? outright : walk(vmmRoot(profile))
}

function vmmRoot({ stacks, frames }: Profile): number {
  return stacks.parent.findIndex((above, stack) => above < 0 && frames.name[stacks.frame[stack]!] === rootFrames.vmm)
}

const names = new WeakMap<Profile, Map<string, number>>()

function childrenByName(profile: Profile): Map<string, number> {
  let known = names.get(profile)
  if (!known) {
    known = new Map()
    const { parent, frame } = profile.stacks
    for (let stack = 0; stack < parent.length; stack++) {
      known.set(`${parent[stack]}\n${profile.frames.module[frame[stack]!]}\n${profile.frames.name[frame[stack]!]}`, stack)
    }
    names.set(profile, known)
  }
  return known
}

/** Path of one of the run's stacks, as the plain tree of the scope has it. */
export function pathOfStack(profile: Profile, stack: number, scope: 'total' | 'vmm'): FramePath {
  const path: FramePath = []
  for (let at = stack; at >= 0; at = profile.stacks.parent[at]!) {
    const frame = profile.stacks.frame[at]!
    path.push(`${profile.frames.module[frame]!}\n${profile.frames.name[frame]!}`)
  }
  path.reverse()
  return scope === 'vmm' && path[0] !== undefined && nameOfStep(path[0]) === rootFrames.vmm ? path.slice(1) : path
}
