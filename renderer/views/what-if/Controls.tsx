import { useEffect, useState } from 'react'
import { machineIds, optimizationIds, optimizationsOfPreset, whatIfIds } from '../../../engine/machine/scenario'
import { editWhatIf, pointedAnswered, resetWhatIf, toggleGroup } from '../../state/actions-what-if'
import { presetOf } from '../../state/scenario-draft'
import { optimizationLabels, whatIfLabels } from '../../state/scenario-words'
import { useWorkbench } from '../../state/store'
import { defaultOf, sliderGroups, type SliderId, valueOf } from '../../state/what-if-state'
import { Segmented, Switch } from '../../widgets/controls'
import { aboutSlider, Slider } from './Slider'

const presets = [{ value: 'native', label: 'Native' }, { value: '2.0', label: '2.0' }, { value: 'optimized', label: 'Optimized' }] as const

/** All that can be moved; the line at its foot says where the value in hand comes from. */
export function Controls() {
  const pointed = useWorkbench((state) => state.whatIf.pointed)
  const [about, setAbout] = useState<SliderId>('mhz')
  const opened = useWorkbench((state) => state.whatIf.opened)
  const standard = useWorkbench((state) => defaultOf(state.whatIf.draft, about))
  useEffect(() => {
    if (!pointed) return
    document.getElementById(`slider-${pointed}`)?.focus()
    pointedAnswered()
  }, [pointed])
  return (
    <div className="what-if-controls">
      <div className="what-if-scroll" tabIndex={0} role="region" aria-label="Sliders and switches">
        <Switches />
        {sliderGroups.map(({ id, label, sliders }) => (
          <details key={id} className="slider-group" open={opened.includes(id)} data-testid={`sliders-${id}`}>
            <summary onClick={(event) => {
              event.preventDefault()
              toggleGroup(id)
            }}>{label}<Moved sliders={sliders} /></summary>
            {opened.includes(id) && sliders.map((slider) => <Slider key={slider} id={slider} onAbout={setAbout} />)}
          </details>
        ))}
      </div>
      <p className="what-if-about" data-testid="what-if-about">{aboutSlider(about, standard)}</p>
    </div>
  )
}

function Moved({ sliders }: { sliders: readonly SliderId[] }) {
  const moved = useWorkbench(({ whatIf: { draft } }) => sliders.filter((id) => valueOf(draft, id) !== defaultOf(draft, id)).length)
  return <span className="quiet">{moved > 0 && ` (${moved} moved)`}</span>
}

function Switches() {
  const { machine, vm, optimizations, whatIfs, direction } = useWorkbench((state) => state.whatIf.draft)
  const native = vm === 'native'
  return (
    <div className="what-if-switches">
      <div className="what-if-row">
        <Segmented label="Machine" value={machine} options={machineIds.map((value) => ({ value, label: value.toUpperCase() }))}
          onChange={(value) => editWhatIf((draft) => { draft.machine = value })} />
        <Segmented label="Direction" value={direction} testId="what-if-direction" onChange={(value) => editWhatIf((draft) => { draft.direction = value })}
          options={[{ value: 'send', label: 'send' }, { value: 'receive', label: 'receive' }]} />
      </div>
      <Segmented label="Version" wide value={presetOf({ vm, optimizations })} testId="what-if-vm" options={presets}
        onChange={(preset) => editWhatIf((draft) => {
          draft.vm = preset === 'native' ? 'native' : 'hosted'
          if (preset !== 'native') draft.optimizations = optimizationsOfPreset(preset)
        })} />
      {optimizationIds.map((id) => (
        <Switch key={id} {...optimizationLabels[id]} testId={`what-if-optimization-${id}`} disabled={native} checked={!native && optimizations.includes(id)}
          onChange={(on) => editWhatIf((draft) => {
            draft.optimizations = optimizationIds.filter((one) => (one === id ? on : draft.optimizations.includes(one)))
          })} />
      ))}
      <span className="quiet what-if-caption">Ideas of section 4</span>
      {whatIfIds.map((id) => (
        <Switch key={id} label={whatIfLabels[id].label} title={whatIfLabels[id].meaning} testId={`what-if-idea-${id}`} disabled={native}
          checked={!native && whatIfs.includes(id)}
          onChange={(on) => editWhatIf((draft) => {
            draft.whatIfs = whatIfIds.filter((one) => (one === id ? on : draft.whatIfs.includes(one)))
          })} />
      ))}
      <button type="button" className="button" data-testid="what-if-reset" onClick={resetWhatIf}>Reset all</button>
    </div>
  )
}
