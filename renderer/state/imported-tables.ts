import { useEffect, useMemo, useState } from 'react'
import type { Classification } from '../../engine/profile/classify/classify'
import { asRead, findRuleSet } from '../../engine/profile/classify/propose'
import { isUnderstood, type RuleSet } from '../../engine/profile/classify/rule'
import type { ClassifiedSamples } from '../../engine/profile/classify/samples'
import type { ImportedTable } from '../../engine/profile/classify/table-types'
import type { Profile } from '../../engine/profile/columns'
import { countWeight } from '../../engine/profile/paired'
import type { TreeArgs } from '../../engine/profile/tree-work'
import type { ImportedRun, SessionDocument, SessionRun } from '../../engine/session/document'
import { runOf } from './derived'
import { startExperiment } from './experiments'
import { notify } from './notices'
import { useWorkbench } from './store'
import { trees, useTrees, type Trees } from './trees'

/** Id of the set that a run's worlds are by. */
export function ruleSetId(run: ImportedRun): string {
  return run.rules?.set ?? asRead
}

/** Null: the worlds are the file's own, or the set is not there. */
export function ruleSetOf(run: ImportedRun, own: readonly RuleSet[] | undefined): RuleSet | null {
  return findRuleSet(ruleSetId(run), own)
}

/** A set that is not there, or has conditions of a newer version, leaves the worlds as they are. */
function classificationArgs(run: ImportedRun, own: readonly RuleSet[] | undefined): TreeArgs<'classification'> {
  const set = ruleSetOf(run, own)
  return { rules: set && isUnderstood(set) ? set.rules : null }
}

/** Null while that of a large profile is not there. */
export function classificationOfRun(run: ImportedRun, own: readonly RuleSet[] | undefined): Classification | null {
  return trees.now('classification', [run.profile], classificationArgs(run, own))
}

const nothing: readonly Profile[] = []

/** Asks for the classification of a recorded profile, as long as the component shows it; null of any other run. */
export function useClassification(run: SessionRun | null): Trees<'classification'> {
  const own = useWorkbench((state) => state.document.ruleSets)
  const profiles = useMemo(() => (run ? [run.profile] : nothing), [run])
  const args = useMemo(() => (run?.kind === 'imported' ? classificationArgs(run, own) : null), [run, own])
  return useTrees('classification', profiles, args)
}

const answers = new WeakMap<ClassifiedSamples, ImportedTable>()

/** Table 2 of every recording of the session, worked out by the engine where it is not known yet; left out: it failed, which was said. */
export async function tablesOfRecordings({ runs, ruleSets }: SessionDocument): Promise<Map<string, ImportedTable>> {
  const tables = new Map<string, ImportedTable>()
  for (const run of runs) {
    if (run.kind !== 'imported') continue
    const args = { ...classificationArgs(run, ruleSets), weight: countWeight(run.profile) }
    const samples = await trees.later('samples', [run.profile], args)
    if (!samples) continue
    const table = answers.get(samples) ?? await startExperiment('imported-table', samples, { title: `Table 2 of ${run.name}`, shown: true }).result
    if (!table) continue
    answers.set(samples, table)
    tables.set(run.id, table)
  }
  return tables
}

export interface ShownTable {
  table: ImportedTable
  /** It is of before the last change: the engine works on the new one. */
  stale: boolean
}

/**
 * Table 2 of a recorded profile as it is shown (a range of it, or the whole); null until the engine has answered for the
 * first time, and of any other run.
 */
export function useImportedTable(shown: SessionRun, weight: number): ShownTable | null {
  // a range has samples of its own, over the stacks of the whole
  const whole = useWorkbench((state) => runOf(state, shown.id))
  const own = useWorkbench((state) => state.document.ruleSets)
  const profiles = useMemo(() => (whole ? [...new Set([whole.profile, shown.profile])] : nothing), [whole, shown.profile])
  const args = useMemo(
    () => (whole?.kind === 'imported' ? { ...classificationArgs(whole, own), weight } : null), [whole, own, weight],
  )
  const { answer: samples, failure } = useTrees('samples', profiles, args)
  useEffect(() => { if (failure) notify(failure) }, [failure])
  const [last, setLast] = useState<{ id: string; table: ImportedTable } | null>(null)
  useEffect(() => {
    if (!samples || answers.has(samples)) return
    let current = true
    const { result, cancel } = startExperiment('imported-table', samples, { title: 'Table 2 of the profile', shown: false })
    void result.then((table) => {
      if (!table) return
      answers.set(samples, table)
      if (current) setLast({ id: shown.id, table })
    })
    return () => {
      current = false
      cancel()
    }
  }, [samples, shown.id])
  const answer = samples && answers.get(samples)
  if (answer) return { table: answer, stale: false }
  return last?.id === shown.id ? { table: last.table, stale: true } : null
}
