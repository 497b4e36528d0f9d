import { useState } from 'react'
import { baseHost, baseMachines } from '../../../engine/machine/base-machines'
import { removeCustomMachine } from '../../state/actions-machine'
import { editDraft } from '../../state/actions-view'
import { restWords, withCustomField, type CustomDraft } from '../../state/custom-draft'
import type { problemsOf } from '../../state/scenario-draft'
import { useWorkbench } from '../../state/store'
import { Field } from '../../widgets/controls'

type Problems = ReturnType<typeof problemsOf>
const fields = ['name', 'mhz', 'linkMbps', 'duplex'] as const
const shownAtFields: readonly string[] = fields.map((field) => `custom.${field}`)

/** Says that the machine is one of the user's own, what a file has set in it, and takes it away again. */
export function CustomChip({ problems }: { problems: Problems }) {
  const custom = useWorkbench((state) => state.scenario.custom)
  if (!custom) return null
  const words = restWords(custom)
  const elsewhere = Object.entries(problems)
    .filter(([field]) => field.startsWith('custom') && !shownAtFields.includes(field))
  return (
    <div className="scenario-wide">
      <span className="chip" data-testid="custom-chip">
        <span className="chip-text" title={custom.name}>custom machine: {custom.name}</span>
        <button type="button" className="button bare" aria-label={`Remove the custom machine ${custom.name}`}
          title="Back to the machine as it is" onClick={removeCustomMachine}>
          ×
        </button>
      </span>
      {words.length > 0 && <p className="quiet scenario-meaning" data-testid="custom-rest">{words.join(', ')}</p>}
      {elsewhere.map(([field, message]) => <p key={field} className="field-problem" role="alert">{message}</p>)}
    </div>
  )
}

/** The few fields that are changed most; costs and the rest come by file. */
export function CustomMachineFields({ problems }: { problems: Problems }) {
  const [opened, setOpened] = useState(false)
  const custom = useWorkbench((state) => state.scenario.custom)
  const machine = useWorkbench((state) => state.scenario.machine)
  const wrong = fields.some((field) => problems[`custom.${field}`])
  const input = (field: 'name' | 'mhz' | 'linkMbps', label: string, base: string) => (
    <Field label={label} problem={problems[`custom.${field}`]}>
      {(attributes) => (
        <input className="input num-input" {...attributes} data-testid={`custom-${field}`} value={custom?.[field] ?? ''}
          placeholder={base} spellCheck={false} autoComplete="off"
          onChange={(event) => edit(field, event.target.value)} />
      )}
    </Field>
  )
  return (
    <details className="scenario-wide scenario-more" data-testid="custom-machine" open={opened || wrong}
      onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary title="What differs from the machine chosen above">Custom machine</summary>
      <div className="scenario-fields">
        {input('name', 'Name', baseMachines[machine].name)}
        {input('mhz', 'CPU (MHz)', String(baseMachines[machine].mhz))}
        {input('linkMbps', 'Link (Mb/s)', String(baseHost.linkMbps))}
        <Field label="Duplex" problem={problems['custom.duplex']}>
          {(attributes) => (
            <select className="select" {...attributes} data-testid="custom-duplex" value={custom?.duplex ?? ''}
              onChange={(event) => edit('duplex', event.target.value as CustomDraft['duplex'])}>
              <option value="">{baseHost.duplex} (base)</option>
              <option value="full">full</option>
              <option value="half">half</option>
            </select>
          )}
        </Field>
      </div>
      <p className="quiet scenario-meaning">Costs and more: open or drop a machine file (docs/machine-file.md).</p>
    </details>
  )
}

function edit<F extends (typeof fields)[number]>(field: F, value: CustomDraft[F]): void {
  editDraft((draft) => { draft.custom = withCustomField(draft.custom, field, value) })
}
