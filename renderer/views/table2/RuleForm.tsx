import { cpumodeNames, cpumodes, type Cpumode } from '../../../engine/profile/classify/cpumode'
import type { RuleEffect } from '../../../engine/profile/classify/effect'
import { callersRow, type Rule, type RuleFault, type RuleSet } from '../../../engine/profile/classify/rule'
import { importedRowById, importedRows, rowsOfRules } from '../../../engine/profile/classify/rows'
import { worldIds, worldNames } from '../../../engine/worlds'
import { setRule } from '../../state/actions-rules'
import { fixed, signed, whole } from '../../state/numbers'
import { rowName } from '../../state/rule-words'
import { Field } from '../../widgets/controls'

interface Props {
  set: RuleSet
  at: number
  rule: Rule
  effect: RuleEffect | undefined
  faults: readonly RuleFault[]
  editable: boolean
}

/** One rule: its conditions, where it puts what it matches, and what it does to the open profile. */
export function RuleForm({ set, at, rule, effect, faults, editable }: Props) {
  const change = <Key extends keyof Rule>(key: Key, value: Rule[Key] | undefined) => setRule(set.id, at, key, value)
  const problem = (field: RuleFault['field']) => faults.find((fault) => fault.field === field)?.words
  return (
    <fieldset className="rule-form" disabled={!editable} data-testid="rule-form">
      <legend>Rule {at + 1}</legend>
      {(['thread', 'frame', 'module'] as const).map((key) => (
        <Field key={key} label={`${key[0]!.toUpperCase()}${key.slice(1)}`} problem={problem(key)}>
          {(attributes) => (
            <textarea {...attributes} className="input rule-pattern mono" rows={key === 'frame' ? 4 : key === 'thread' ? 2 : 1} spellCheck={false} data-testid={`rule-${key}`}
              placeholder="any" value={rule[key] ?? ''}
              onChange={(event) => change(key, event.target.value === '' ? undefined : event.target.value.replace(/\n/g, ' '))} />
          )}
        </Field>
      ))}
      {problem('conditions') && <p className="field-problem" role="alert">{problem('conditions')}</p>}
      <Several label="Processor mode, any of" options={cpumodes} name={(mode) => cpumodeNames[mode]} chosen={rule.mode}
        onChange={(mode: Cpumode[] | undefined) => change('mode', mode)} />
      <Field label="Idle task">
        {(attributes) => (
          <select {...attributes} className="select" value={rule.idle === undefined ? '' : String(rule.idle)}
            onChange={(event) => change('idle', event.target.value === '' ? undefined : event.target.value === 'true')}>
            <option value="">either</option><option value="true">only there</option><option value="false">not there</option>
          </select>
        )}
      </Field>
      <Several label="Called in a world, any of" options={worldIds} name={nameOfWorld} chosen={rule.inside} onChange={(ids) => change('inside', ids)} />
      <Several label="Not called in" options={worldIds} name={nameOfWorld} chosen={rule.outside} onChange={(ids) => change('outside', ids)} />
      <Field label="World">
        {(attributes) => (
          <select {...attributes} className="select" data-testid="rule-world" value={rule.world} onChange={(event) => change('world', event.target.value)}>
            {worldIds.map((id) => <option key={id} value={id}>{nameOfWorld(id)}</option>)}
          </select>
        )}
      </Field>
      <Field label="Row of Table 2">
        {(attributes) => (
          <select {...attributes} className="select" data-testid="rule-target" value={rule.row} onChange={(event) => change('row', event.target.value)}>
            <option value={callersRow}>{rowName(callersRow)}</option>
            {(['total', 'vmm'] as const).map((scope) => (
              <optgroup key={scope} label={scope === 'vmm' ? 'of VMM time' : 'of total time'}>
                {rowsOfRules.filter((id) => importedRowById.get(id)!.scope === scope).map((id) => <option key={id} value={id}>{rowName(id)}</option>)}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      <Field label="Note">
        {(attributes) => (
          <input {...attributes} className="input" maxLength={1000} value={rule.note ?? ''}
            onChange={(event) => change('note', event.target.value === '' ? undefined : event.target.value)} />
        )}
      </Field>
      <Effect effect={effect} />
    </fieldset>
  )
}

function nameOfWorld(id: string): string {
  return worldNames[worldIds.indexOf(id)]!
}

interface SeveralProps<Id extends string> {
  label: string
  options: readonly Id[]
  name: (id: Id) => string
  chosen: readonly Id[] | undefined
  onChange: (chosen: Id[] | undefined) => void
}

/** Any number of a few; none of them is no condition. */
function Several<Id extends string>({ label, options, name, chosen = [], onChange }: SeveralProps<Id>) {
  return (
    <details className="rule-several" open={chosen.length > 0}>
      <summary>{label}: {chosen.length === 0 ? 'no condition' : chosen.map(name).join(', ')}</summary>
      <div role="group" aria-label={label}>
        {options.map((id) => (
          <label key={id} className="switch">
            <input type="checkbox" checked={chosen.includes(id)} onChange={(event) => {
              const next = options.filter((one) => (one === id ? event.target.checked : chosen.includes(one)))
              onChange(next.length > 0 ? next : undefined)
            }} />
            <span>{name(id)}</span>
          </label>
        ))}
      </div>
    </details>
  )
}

const shownMoves = 6

/** What the table would lose without the rule, row by row. */
function Effect({ effect }: { effect: RuleEffect | undefined }) {
  if (!effect) return <p className="quiet" role="status">Trying the rule on the open profile …</p>
  const moves = importedRows.map((row, i) => ({ row, points: 100 * effect.byRow[i]! })).filter(({ points }) => Math.abs(points) > 1e-9)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
  return (
    <div data-testid="rule-effect">
      <h3>On this profile</h3>
      <p>
        It decides {whole(effect.hits)} by {whole(effect.frames)} {effect.frames === 1 ? 'frame' : 'frames'}; without it
        {' '}{effect.moves === 0 ? 'nothing would change' : `${fixed(100 * effect.moves, 2)} % of all would be elsewhere`}.
      </p>
      {moves.length > 0 && (
        <ul className="rule-moves">
          {moves.slice(0, shownMoves).map(({ row, points }) => <li key={row.id}><span className="num">{signed(points, 2)}</span> {row.label}</li>)}
        </ul>
      )}
      {moves.length > 0 && <p className="quiet">Points of all that it brings to a row or takes from it.</p>}
    </div>
  )
}
