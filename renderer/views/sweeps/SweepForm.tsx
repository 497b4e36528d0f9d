import { useState } from 'react'
import { configurationIds, type SweepKind } from '../../../engine/experiments/sweep-types'
import { machineIds } from '../../../engine/machine/scenario'
import { editSweep } from '../../state/actions-sweeps'
import { useWorkbench } from '../../state/store'
import { configurationNames, sweepRequestOf, type SweepForm as Form } from '../../state/sweeps-state'
import { Field, Switch } from '../../widgets/controls'

/** What to sweep. */
export function SweepForm({ kind }: { kind: SweepKind }) {
  const form = useWorkbench((state) => state.sweeps.forms[kind])
  const custom = useWorkbench((state) => state.scenario.custom)
  const hasSweep = useWorkbench((state) => state.document.sweeps?.[kind] !== undefined || state.sweeps.running?.kind === kind)
  const [chosen, setChosen] = useState<boolean | null>(null)
  // what comes out needs the room, until somebody wants the form again
  const open = chosen ?? !hasSweep
  const asked = sweepRequestOf(form, custom)
  const problems = 'problems' in asked ? asked.problems : {}
  const text = (field: 'sizes' | 'seeds' | 'bytes', label: string) => (
    <Field label={label} problem={problems[field]}>
      {(attributes) => (
        <input className="input num-input" {...attributes} data-testid={`sweep-${field}`} value={form[field]} spellCheck={false}
          autoComplete="off" onChange={(event) => editSweep(kind, (draft) => { draft[field] = event.target.value })} />
      )}
    </Field>
  )
  return (
    <details className="sweep-form" open={open}>
      <summary onClick={(event) => {
        event.preventDefault()
        setChosen(!open)
      }}>What is run</summary>
      <div className="sweep-fields">
        <Machine kind={kind} form={form} custom={custom?.name ?? null} problem={problems.machine ?? problems.custom} />
        {text('sizes', kind === 'throughput' ? 'Send sizes (bytes)' : 'Send size (bytes)')}
        {text('seeds', 'Seeds a point')}
        {text('bytes', 'Bytes a run')}
      </div>
      <fieldset className="sweep-configurations">
        <legend className="visually-hidden">Configurations</legend>
        {configurationIds.map((id) => (
          <Switch key={id} label={configurationNames[id]} testId={`sweep-configuration-${id}`} checked={form.configurations.includes(id)}
            onChange={(on) => editSweep(kind, (draft) => {
              draft.configurations = configurationIds.filter((one) => (one === id ? on : draft.configurations.includes(one)))
            })} />
        ))}
        {problems.configurations && <span className="field-problem" role="alert">{problems.configurations}</span>}
      </fieldset>
    </details>
  )
}

interface MachineProps { kind: SweepKind; form: Form; custom: string | null; problem: string | undefined }

function Machine({ kind, form, custom, problem }: MachineProps) {
  return (
    <Field label="Machine" problem={problem}>
      {(attributes) => (
        <select className="select" {...attributes} data-testid="sweep-machine" value={`${form.machine}${form.custom && custom !== null ? ' custom' : ''}`}
          onChange={(event) => editSweep(kind, (draft) => {
            const [machine, more] = event.target.value.split(' ')
            draft.machine = machine as Form['machine']
            draft.custom = more === 'custom'
          })}>
          {machineIds.map((id) => <option key={id} value={id}>{id.toUpperCase()}</option>)}
          {custom !== null && machineIds.map((id) => <option key={`${id} custom`} value={`${id} custom`}>{custom} (from {id.toUpperCase()})</option>)}
        </select>
      )}
    </Field>
  )
}
