import { asRead } from '../profile/classify/propose'
import type { RuleSet } from '../profile/classify/rule'
import { classificationOf } from '../profile/classify/samples'
import { tableOfProfile } from '../profile/classify/table'
import type { ImportedTable } from '../profile/classify/table-types'
import { countWeight } from '../profile/paired'
import type { ImportedRun, SessionDocument } from '../session/document'

/** Table 2 of a recorded run by its rules, in samples where it counts them. */
export function tableOfRun({ profile, rules }: ImportedRun, own: readonly RuleSet[] | undefined): ImportedTable {
  return tableOfProfile(classificationOf(profile, rules?.set ?? asRead, own), countWeight(profile))
}

/**
 * Of every recording of a session, by the run's id, for its report. Not part of the report itself: the window asks the
 * engine's process for them, since the intervals need the statistics library that the page is kept free of.
 */
export function tablesOfRecordings({ runs, ruleSets }: Pick<SessionDocument, 'runs' | 'ruleSets'>): Map<string, ImportedTable> {
  return new Map(runs.flatMap((run) => (run.kind === 'imported' ? [[run.id, tableOfRun(run, ruleSets)] as const] : [])))
}
