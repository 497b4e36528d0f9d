import { isUnderstood, type Rule, type RuleSet } from '../../engine/profile/classify/rule'
import { findRuleSet } from '../../engine/profile/classify/propose'
import { classified, withWorlds } from '../../engine/profile/classify/classify'
import { readRulesFile, rulesFileText } from '../../engine/profile/classify/rules-file'
import type { Profile } from '../../engine/profile/columns'
import { PlainErrorException, plainErrorOf } from '../../engine/plain-error'
import type { ImportedRun, SessionDocument } from '../../engine/session/document'
import { selectedRun } from './derived'
import { saveExport } from './exports'
import { edit } from './history'
import { ruleSetId, ruleSetOf } from './imported-tables'
import { notify } from './notices'
import { sealed } from './sealed'
import { change, now } from './store'
import { trees } from './trees'

/** Gives a run the worlds of its rule set; one with a large profile gets them later (`classifyLarge`). */
function reclassify(run: ImportedRun, set: RuleSet): void {
  if (trees.isSmall([run.profile])) giveWorlds(run, classified(run.profile, set))
}

/** Its reader's intervals were of other worlds, and go. */
function giveWorlds(run: ImportedRun, profile: Profile): void {
  if (profile === run.profile) return
  run.profile = sealed(profile)
  delete run.source.report.worlds
}

/** The classification that is under way for a run, if one is: the next change of its rules gives it up. */
const underWay = new Map<string, AbortController>()
let changes = 0

/** An edit that changes what runs are classified by: their new worlds are a part of it, also where they come later. */
function editClasses(words: string, recipe: (document: SessionDocument) => void, merge: string | null = null): void {
  const key = merge ?? `classes ${++changes}`
  const before = now().document
  edit(words, recipe, key)
  const { runs, ruleSets } = now().document
  for (const run of runs) {
    if (run.kind !== 'imported' || trees.isSmall([run.profile])) continue
    const set = ruleSetOf(run, ruleSets)
    const old = before.runs.find(({ id }) => id === run.id)
    const unchanged = old?.kind === 'imported' && ruleSetOf(old, before.ruleSets)?.rules === set?.rules
    if (set && isUnderstood(set) && !unchanged) void classifyLarge(run, set, words, key)
  }
}

async function classifyLarge({ id, profile }: ImportedRun, { rules }: RuleSet, words: string, merge: string): Promise<void> {
  underWay.get(id)?.abort()
  const controller = new AbortController()
  underWay.set(id, controller)
  try {
    const found = await trees.later('classification', [profile], { rules }, controller.signal)
    const { runs, ruleSets } = now().document
    const run = runs.find((one) => one.id === id)
    // given up, undone or deleted meanwhile: those worlds are nobody's
    if (!found || run?.kind !== 'imported' || run.profile !== profile || ruleSetOf(run, ruleSets)?.rules !== rules) return
    const worlds = withWorlds(profile, found)
    edit(words, (document) => {
      const changed = document.runs.find((one) => one.id === id)
      if (changed?.kind === 'imported') giveWorlds(changed, worlds)
    }, merge)
  } catch (thrown) {
    notify(plainErrorOf(thrown))
  } finally {
    if (underWay.get(id) === controller) underWay.delete(id)
  }
}

/** Classifies a run by another set, chosen by hand. */
export function chooseRuleSet(run: string, id: string): void {
  const set = findRuleSet(id, now().document.ruleSets)
  if (!set) return
  editClasses(`rules ${set.name}`, ({ runs }) => {
    const found = runs.find((one) => one.id === run)
    if (found?.kind !== 'imported') return
    found.rules = { set: id, reason: 'chosen by hand' }
    reclassify(found, set)
  })
  change((state) => { state.table.rule = null })
}

/** Adds a set to the session under a free id and name, and classifies the run by it. */
function addRuleSet(words: string, run: string, { name, about, rules }: Omit<RuleSet, 'id'>): void {
  editClasses(words, (document) => {
    const own = document.ruleSets ?? []
    let n = 1
    while (own.some((one) => one.id === `own-${n}`)) n++
    let free = name
    for (let k = 2; own.some((one) => one.name === free); k++) free = `${name} ${k}`
    const set: RuleSet = { id: `own-${n}`, name: free, about, rules: structuredClone(rules) }
    document.ruleSets = [...own, set]
    const found = document.runs.find((one) => one.id === run)
    if (found?.kind !== 'imported') return
    found.rules = { set: set.id, reason: 'chosen by hand' }
    reclassify(found, set)
  })
  change((state) => { state.table.rule = null })
}

/** Shipped sets are not changed: a copy of them is the session's own. */
export function copyRuleSet(run: string, set: RuleSet): void {
  addRuleSet(`copy the rules ${set.name}`, run, { ...set, name: `${set.name}, copy` })
}

/** Runs that were classified by it stay as they are, with the worlds of their last classification. */
export function deleteRuleSet(id: string): void {
  const set = now().document.ruleSets?.find((one) => one.id === id)
  if (!set) return
  edit(`delete the rules ${set.name}`, (document) => {
    document.ruleSets = document.ruleSets?.filter((one) => one.id !== id) ?? []
    if (document.ruleSets.length === 0) delete document.ruleSets
  })
}

/** Changes one of the session's own sets, and classifies again whatever is classified by it. */
function editRules(words: string, id: string, recipe: (set: RuleSet) => void, merge: string | null = null): void {
  editClasses(words, (document) => {
    const set = document.ruleSets?.find((one) => one.id === id)
    if (!set) return
    recipe(set)
    const changed = plain(set)
    if (!isUnderstood(changed)) return
    for (const run of document.runs) if (run.kind === 'imported' && ruleSetId(run) === id) reclassify(run, changed)
  }, merge)
}

/** A draft's present content, outside of immer. */
function plain(set: RuleSet): RuleSet {
  return JSON.parse(JSON.stringify(set)) as RuleSet
}

export function renameRuleSet(id: string, name: string): void {
  editRules('rename the rules', id, (set) => { set.name = name }, `rules ${id} name`)
}

export function addRule(id: string, at: number): void {
  editRules('add a rule', id, ({ rules }) => { rules.splice(at, 0, { frame: 'name_of_a_function', world: 'vmm', row: 'vmm-other' }) })
  selectRule(at)
}

export function removeRule(id: string, at: number): void {
  editRules(`delete rule ${at + 1}`, id, ({ rules }) => { rules.splice(at, 1) })
  const left = now().document.ruleSets?.find((one) => one.id === id)?.rules.length ?? 0
  selectRule(left === 0 ? null : Math.min(at, left - 1))
}

export function moveRule(id: string, at: number, by: 1 | -1): void {
  const set = now().document.ruleSets?.find((one) => one.id === id)
  if (!set?.rules[at] || !set.rules[at + by]) return
  editRules(`move rule ${at + 1} ${by < 0 ? 'up' : 'down'}`, id, ({ rules }) => {
    const moved = rules[at]!
    rules[at] = rules[at + by]!
    rules[at + by] = moved
  })
  selectRule(at + by)
}

/** Typing into one field of one rule is one step of undo. Undefined takes the condition away. */
export function setRule<Key extends keyof Rule>(id: string, at: number, key: Key, value: Rule[Key] | undefined): void {
  editRules(`change rule ${at + 1}`, id, ({ rules }) => {
    const rule = rules[at]
    if (!rule) return
    if (value === undefined) delete rule[key]
    else rule[key] = value
  }, `rules ${id} ${at} ${key}`)
}

export function selectRule(rule: number | null): void {
  change((state) => { state.table.rule = rule })
}

/** Goes to a rule from elsewhere. */
export function showRule(rule: number): void {
  change((state) => {
    Object.assign(state.table, { part: 'rules', rule })
    state.document.view.tab = 'table'
  })
}

export function showRules(shown: boolean): void {
  change((state) => { state.table.part = shown ? 'rules' : 'rows' })
}

export async function saveRules(set: RuleSet): Promise<void> {
  await saveExport(set.name, 'rules', rulesFileText(set))
}

/** False: the file cannot be used, and that is shown. */
export function openRules(run: string, fileName: string, text: string): boolean {
  try {
    addRuleSet(`open the rules ${fileName}`, run, readRulesFile(fileName, text))
    return true
  } catch (thrown) {
    if (!(thrown instanceof PlainErrorException)) throw thrown
    notify({ ...thrown.plain, kept: 'The rules of the session are as they were.' })
    return false
  }
}

/** Rules that were dropped or opened as a file: for the recording that is shown, whose rules are shown then; else for the session. */
export function openRulesOfSelected(fileName: string, bytes: Uint8Array): boolean {
  const run = selectedRun(now())
  const recording = run?.kind === 'imported' ? run.id : null
  if (!openRules(recording ?? '', fileName, new TextDecoder().decode(bytes))) return false
  if (recording === null) {
    notify({ what: `The rules of ${fileName} are in the session now.`, todo: 'Select a recorded profile, and choose them under Rules in Table 2.' }, 'warning')
    return true
  }
  change((state) => {
    state.table.part = 'rules'
    state.document.view.tab = 'table'
  })
  return true
}
