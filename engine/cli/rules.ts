import { basename } from 'node:path'
import { worldsOf } from '../formats/open-profile'
import { asRead, findRuleSet, type RuleChoice } from '../profile/classify/propose'
import type { RuleSet } from '../profile/classify/rule'
import { readRulesFile } from '../profile/classify/rules-file'
import { classificationOf } from '../profile/classify/samples'
import { shippedSets } from '../profile/classify/sets'
import { tableOfProfile } from '../profile/classify/table'
import type { ImportedTable } from '../profile/classify/table-types'
import { countWeight } from '../profile/paired'
import { PlainErrorException } from '../plain-error'
import type { ImportedRun } from '../session/document'
import { nameOf, readInput } from './streams'

/** A rule file is written by hand: larger ones are none. */
const largestRules = 1 << 20

export const rulesHelp = `rules that say which world and row of Table 2 a stack belongs to: ${[...shippedSets.map(({ id }) => id), asRead].join(', ')}, or a file; - for standard input (default: what fits the profile)`

/** A set that ships, "as-read" for the worlds that the file has, or a file (docs/classification.md). Throws a PlainErrorException. */
export async function readRules(named: string): Promise<RuleSet | typeof asRead> {
  if (named === asRead) return asRead
  const shipped = findRuleSet(named)
  if (shipped) return shipped
  try {
    const bytes = await readInput(named, largestRules)
    return { id: 'rules-file', ...readRulesFile(basename(nameOf(named)), new TextDecoder().decode(bytes)) }
  } catch (thrown) {
    if (!(thrown instanceof PlainErrorException) || /[./-]/.test(named)) throw thrown
    throw new PlainErrorException({ what: `There are no rules "${named}".`, todo: `Name one of ${shippedSets.map(({ id }) => id).join(', ')}, ${asRead}, or a file.` })
  }
}

/** A recorded run with its Table 2, and by which rules. */
export interface ClassifiedRun {
  run: ImportedRun
  table: ImportedTable
  rules: RuleChoice
}

/** By the rules that are named, or by those that the run has: a session's own among them. */
export function classifiedRun(
  run: ImportedRun, named: RuleSet | typeof asRead | null, own: readonly RuleSet[] = [], weight = countWeight(run.profile),
): ClassifiedRun {
  const found: RuleChoice = run.rules ?? { set: asRead, reason: 'the worlds are those of the file' }
  const rules = named === null ? found : { set: named === asRead ? asRead : named.id, reason: 'asked for' }
  const classification = classificationOf(run.profile, rules.set, named !== null && named !== asRead ? [named] : own)
  const table = tableOfProfile(classification, weight)
  if (named === null) return { run, table, rules }
  const { worlds: _, ...report } = run.source.report
  const worlds = worldsOf(classification)
  const { profile, world } = classification
  return {
    run: {
      ...run, rules, profile: { ...profile, stacks: { ...profile.stacks, world } },
      source: { ...run.source, report: { ...report, ...(worlds ? { worlds } : {}) } },
    },
    table, rules,
  }
}
