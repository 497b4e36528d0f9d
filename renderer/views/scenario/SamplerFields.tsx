import { type SamplerOptions, defaultSampler } from '../../../engine/machine/scenario'
import { editDraft } from '../../state/actions-view'
import { useWorkbench } from '../../state/store'
import { Field, Switch } from '../../widgets/controls'

/** What the choices mean; every kind but the first of each has a bias that the run's inspector names. */
const choices: { [K in keyof SamplerOptions]: { label: string; options: readonly (readonly [SamplerOptions[K], string])[] } } = {
  clock: {
    label: 'Sampling clock',
    options: [['dithered', 'dithered'], ['free-running', 'free-running'], ['locked', 'in step with the tick']],
  },
  timer: { label: 'Interrupt', options: [['nmi', 'NMI'], ['maskable', 'maskable']] },
  sees: { label: 'Sees', options: [['guest', 'the guest too'], ['host', 'only the host']] },
  cost: { label: 'Costs', options: [['free', 'nothing'], ['interrupt', 'an interrupt']] },
  attribution: { label: 'Charged to', options: [['due', 'what ran when due'], ['taken', 'what runs when taken']] },
}
const fields = Object.keys(choices) as (keyof SamplerOptions)[]

/** The two instruments and their imperfections, folded up; how many differ from the ideal stands in the heading. */
export function SamplerFields() {
  const sampler = useWorkbench((state) => state.scenario.sampler)
  const probes = useWorkbench((state) => state.scenario.probes)
  const changed = fields.filter((field) => sampler[field] !== defaultSampler[field]).length + (probes === 'tsc' ? 1 : 0)
  return (
    <details className="scenario-wide scenario-more" data-testid="scenario-instruments">
      <summary title="How sampling works, and whether direct measurement costs">
        Instruments{changed > 0 ? ` (${changed} not ideal)` : ''}
      </summary>
      <div className="scenario-fields one-column">
        {fields.map((field) => <Choice key={field} field={field} value={sampler[field]} />)}
      </div>
      <Switch label="Counter reads cost cycles" testId="scenario-probes" checked={probes === 'tsc'}
        onChange={(on) => editDraft((draft) => { draft.probes = on ? 'tsc' : 'free' })} />
      <p className="quiet scenario-meaning">Direct measurement reads the time stamp counter twice a call.</p>
    </details>
  )
}

function Choice<K extends keyof SamplerOptions>({ field, value }: { field: K; value: SamplerOptions[K] }) {
  const { label, options } = choices[field]
  return (
    <Field label={label} problem={undefined}>
      {(attributes) => (
        <select className="select" {...attributes} data-testid={`scenario-sampler-${field}`} value={value}
          onChange={(event) => editDraft((draft) => { draft.sampler[field] = event.target.value as SamplerOptions[K] })}>
          {options.map(([id, words]) => <option key={id} value={id}>{words}</option>)}
        </select>
      )}
    </Field>
  )
}
