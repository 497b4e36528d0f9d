import { useRef } from 'react'
import { asRead } from '../../../engine/profile/classify/propose'
import type { RuleEffect } from '../../../engine/profile/classify/effect'
import { faultsOf, isUnderstood, type RuleSet } from '../../../engine/profile/classify/rule'
import { shippedSets } from '../../../engine/profile/classify/sets'
import type { ImportedRun } from '../../../engine/session/document'
import {
  addRule, copyRuleSet, deleteRuleSet, moveRule, openRules, removeRule, renameRuleSet, saveRules, selectRule,
} from '../../state/actions-rules'
import { ruleSetOf } from '../../state/imported-tables'
import { fixed, whole } from '../../state/numbers'
import { useRuleEffects } from '../../state/rule-effects'
import { conditionsOf, rowName } from '../../state/rule-words'
import { useWorkbench } from '../../state/store'
import { worldIds } from '../../../engine/worlds'
import { Swatch } from '../../widgets/world'
import { RuleForm } from './RuleForm'
import './rules.css'

interface Props {
  run: ImportedRun
  /** The range that is shown, or the whole. */
  shown: ImportedRun
  weight: number
}

/** The rules that a profile is classified by, what each of them does to it, and the form that changes one. */
export function RuleEditor({ run, shown, weight }: Props) {
  const own = useWorkbench((state) => state.document.ruleSets)
  const set = ruleSetOf(run, own)
  if (!set) return <NoRules run={run} />
  const editable = !shippedSets.includes(set)
  return (
    <div className="rules" data-testid="rules">
      <div className="rules-tools">
        {editable ? (
          <>
            <input className="input rules-name" aria-label="Name of the rules" value={set.name} maxLength={200}
              onChange={(event) => renameRuleSet(set.id, event.target.value)} />
            <button type="button" className="button" onClick={() => deleteRuleSet(set.id)}>Delete these rules</button>
          </>
        ) : <span className="quiet">Rules that ship are not changed: copy them to edit.</span>}
        <button type="button" className={`button${editable ? '' : ' primary'}`} data-testid="rules-copy" onClick={() => copyRuleSet(run.id, set)}>Copy to edit</button>
        <button type="button" className="button" data-testid="rules-save" onClick={() => void saveRules(set)}>Save as file…</button>
        <OpenRules run={run} />
      </div>
      {isUnderstood(set) ? <Rules set={set} shown={shown} weight={weight} editable={editable} />
        : <p className="table2-note">These rules have conditions of a newer version of Worldswitch: they are kept, but classify nothing here.</p>}
    </div>
  )
}

function NoRules({ run }: { run: ImportedRun }) {
  const known = (run.rules?.set ?? asRead) === asRead
  return (
    <div className="empty">
      <h2>No rules here</h2>
      <p>{known ? 'The worlds of this profile are the file’s own: its events say what ran. Choose rules above to classify it by them instead; undo brings the file’s worlds back.'
        : 'The rules that this profile was classified by are no longer in the session. Its worlds are as they were.'}</p>
      <OpenRules run={run} />
    </div>
  )
}

function OpenRules({ run }: { run: ImportedRun }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" className="button" onClick={() => input.current?.click()}>Open file…</button>
      <input ref={input} type="file" accept=".json" hidden tabIndex={-1} data-testid="rules-open" onChange={(event) => {
        const file = event.target.files?.[0]
        event.target.value = ''
        if (file) void file.text().then((text) => openRules(run.id, file.name, text))
      }} />
    </>
  )
}

function Rules({ set, shown, weight, editable }: { set: RuleSet; shown: ImportedRun; weight: number; editable: boolean }) {
  const chosen = useWorkbench((state) => state.table.rule)
  const effects = useRuleEffects(shown.profile, set, weight)
  const faults = faultsOf(set.rules)
  const all = shown.profile.samples.weights[weight]!.reduce((sum, one) => sum + one, 0)
  const rule = chosen === null ? undefined : set.rules[chosen]
  return (
    <div className="rules-parts">
      <div className="rules-list" tabIndex={0} role="region" aria-label={`Rules of ${set.name}`}>
        <table className="table2 rules-table">
          <caption className="visually-hidden">The rules of {set.name} in order, and what each does to {shown.name}</caption>
          <thead>
            <tr>
              <th scope="col" className="num">#</th>
              <th scope="col">Rule</th>
              <th scope="col" className="num" title="Share of the samples that the rule decided; of how many frames">decides %</th>
              <th scope="col" className="num" title="Distinct frames where it decided">frames</th>
              <th scope="col" className="num" title="Share of all samples that would be in another row or world without the rule">moves %</th>
            </tr>
          </thead>
          <tbody>
            {set.rules.map((one, i) => {
              const effect = effects[i]
              const fault = faults.find((found) => found.rule === i)
              return (
                <tr key={i} data-testid={`rule-${i}`} className={i === chosen ? 'selected' : undefined} onClick={() => selectRule(i)}>
                  <td className="num quiet">{i + 1}</td>
                  <th scope="row">
                    <button type="button" className="link rule-words" aria-pressed={i === chosen} title={one.note ?? 'Without a note'}
                      onKeyDown={(event) => {
                        const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
                        if (step === 0) return
                        event.preventDefault()
                        event.stopPropagation()
                        if (event.altKey) {
                          if (editable) moveRule(set.id, i, step)
                        } else if (set.rules[i + step]) selectRule(i + step)
                        const rows = event.currentTarget.closest('tbody')?.rows
                        rows?.[i + step]?.querySelector('button')?.focus()
                      }}>
                      <Swatch world={worldIds.indexOf(one.world)} />
                      <span className="rule-conditions" title={conditionsOf(one)}>{conditionsOf(one)}</span>
                    </button>
                    <span className="quiet rule-row" title={rowName(one.row)}>→ {rowName(one.row)}</span>
                    {fault && <span className="field-problem">{fault.words}</span>}
                  </th>
                  <td className="num">{figure(effect, all > 0 && effect ? (100 * effect.hits) / all : 0)}</td>
                  <td className="num">{effect ? whole(effect.frames) : '…'}</td>
                  <td className="num">{figure(effect, 100 * (effect?.moves ?? 0))}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <div className="rules-form" role="region" aria-label="The chosen rule" tabIndex={0}>
        {editable && (
          <div className="rules-tools">
            <button type="button" className="button" data-testid="rule-add" onClick={() => addRule(set.id, chosen === null ? 0 : chosen + 1)}>Add rule</button>
            <button type="button" className="button" disabled={!rule || chosen === 0} aria-label="Move the rule up" onClick={() => moveRule(set.id, chosen!, -1)}>↑</button>
            <button type="button" className="button" disabled={!rule || chosen === set.rules.length - 1} aria-label="Move the rule down"
              onClick={() => moveRule(set.id, chosen!, 1)}>↓</button>
            <button type="button" className="button" disabled={!rule} data-testid="rule-delete" onClick={() => removeRule(set.id, chosen!)}>Delete rule</button>
          </div>
        )}
        {rule && chosen !== null
          ? <RuleForm key={`${set.id} ${chosen}`} set={set} at={chosen} rule={rule} effect={effects[chosen]} faults={faults.filter((one) => one.rule === chosen)} editable={editable} />
          : <p className="quiet">Choose a rule: what it asks for, what it decides here and what would change without it.</p>}
      </div>
    </div>
  )
}

function figure(effect: RuleEffect | undefined, percent: number): string {
  return effect ? (percent === 0 ? '0' : fixed(percent, percent < 1 ? 2 : 1)) : '…'
}
