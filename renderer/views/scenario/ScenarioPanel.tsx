import { machineIds, optimizationIds, optimizationsOfPreset } from '../../../engine/machine/scenario'
import { editDraft } from '../../state/actions-view'
import { runDraft } from '../../state/actions-runs'
import { presetOf, problemsOf, type TextField } from '../../state/scenario-draft'
import { optimizationLabels } from '../../state/scenario-words'
import { useWorkbench } from '../../state/store'
import { Field, Segmented, Switch } from '../../widgets/controls'
import { CustomChip, CustomMachineFields } from './CustomMachine'
import { SamplerFields } from './SamplerFields'
import { WhatIfs } from './WhatIfs'
import './scenario.css'

const presets = [
  { value: 'native', label: 'Native' }, { value: '2.0', label: '2.0' }, { value: 'optimized', label: 'Optimized' },
] as const

/** What to run: a panel beside the results, so that a change and its effect are seen together. */
export function ScenarioPanel() {
  const draft = useWorkbench((state) => state.scenario)
  const engineFailed = useWorkbench((state) => state.engine.state === 'failed')
  const problems = problemsOf(draft)
  const blocked = Object.keys(problems).length > 0 || engineFailed
  return (
    <form className="scenario" aria-label="Scenario" onSubmit={(event) => {
      event.preventDefault()
      if (!blocked) void runDraft()
    }}>
      <h2>Scenario</h2>
      <Field label="Machine" problem={problems.machine}>
        {(attributes) => (
          <select className="select" {...attributes} data-testid="scenario-machine" value={draft.machine}
            onChange={(event) => editDraft((d) => { d.machine = event.target.value as typeof draft.machine })}>
            {machineIds.map((id) => <option key={id} value={id}>{id.toUpperCase()}</option>)}
          </select>
        )}
      </Field>
      <Field label="Direction" problem={problems.direction}>
        {(attributes) => (
          <select className="select" {...attributes} data-testid="scenario-direction" value={draft.direction}
            onChange={(event) => editDraft((d) => { d.direction = event.target.value as typeof draft.direction })}>
            <option value="send">send</option>
            <option value="receive">receive</option>
          </select>
        )}
      </Field>
      <CustomChip problems={problems} />
      <div className="scenario-wide">
        <span className="quiet scenario-caption">Version</span>
        <Segmented label="Version" wide testId="scenario-vm" value={presetOf(draft)}
          options={presets.map((preset) => ({ ...preset, testId: `scenario-vm-${preset.value}` }))}
          onChange={(preset) => editDraft((d) => {
            d.vm = preset === 'native' ? 'native' : 'hosted'
            if (preset !== 'native') d.optimizations = optimizationsOfPreset(preset)
          })} />
      </div>
      <fieldset className="scenario-wide" disabled={draft.vm === 'native'}>
        <legend className="visually-hidden">Optimizations</legend>
        {optimizationIds.map((id) => (
          <Switch key={id} {...optimizationLabels[id]} testId={`scenario-optimization-${id}`}
            disabled={draft.vm === 'native'} checked={draft.vm !== 'native' && draft.optimizations.includes(id)}
            onChange={(on) => editDraft((d) => {
              d.optimizations = optimizationIds.filter((one) => (one === id ? on : d.optimizations.includes(one)))
            })} />
        ))}
      </fieldset>
      <WhatIfs />
      <TextInput field="sendSize" label="Send size (bytes)" testId="scenario-send-size" />
      <TextInput field="bytes" label="Bytes in all" testId="scenario-bytes" />
      <TextInput field="seed" label="Seed" testId="scenario-seed" />
      <TextInput field="samplerHz" label="Sampler (Hz)" testId="scenario-sampler-hz" />
      <SamplerFields />
      <CustomMachineFields problems={problems} />
      <button type="submit" className="button primary scenario-wide" data-testid="run-button" disabled={blocked}
        title="Run the scenario (Ctrl+Enter)">
        Run
      </button>
    </form>
  )
}

function TextInput({ field, label, testId }: { field: TextField; label: string; testId: string }) {
  const draft = useWorkbench((state) => state.scenario)
  return (
    <Field label={label} problem={problemsOf(draft)[field]}>
      {(attributes) => (
        <input className="input num-input" {...attributes} data-testid={testId} value={draft[field]} spellCheck={false}
          autoComplete="off" onChange={(event) => editDraft((d) => { d[field] = event.target.value })} />
      )}
    </Field>
  )
}
