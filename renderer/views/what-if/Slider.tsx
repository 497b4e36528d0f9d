import { memo, useState } from 'react'
import { costSheet } from '../../../engine/machine/costs/sheet'
import { rangeText } from '../../../engine/machine/custom'
import { moveSlider } from '../../state/actions-what-if'
import { useWorkbench } from '../../state/store'
import { defaultOf, limitOf, rangeOf, sliderLabel, valueOf, type SliderId } from '../../state/what-if-state'
import { placeOf, valueAt, widened } from './slider-scale'

interface SliderProps {
  id: SliderId
  /** Tells which slider the line below the panel is about. */
  onAbout: (id: SliderId) => void
}

/** One value: a slider over its plausible range, a field for any that can be simulated, its default marked. */
export const Slider = memo(function Slider({ id, onAbout }: SliderProps) {
  const value = useWorkbench((state) => valueOf(state.whatIf.draft, id))
  const standard = useWorkbench((state) => defaultOf(state.whatIf.draft, id))
  const [typed, setTyped] = useState<string | null>(null)
  const limit = limitOf(id)
  const scale = widened(rangeOf(id), value)
  const label = sliderLabel(id)
  const wanted = typed === null ? value : Number(typed)
  const fits = typed?.trim() !== '' && wanted >= limit.min && wanted <= limit.max && (!limit.whole || Number.isSafeInteger(wanted))
  const move = (to: number) => {
    setTyped(null)
    moveSlider(id, to)
  }
  const moved = value !== standard
  return (
    <div className={`slider${moved ? ' moved' : ''}`} data-testid={`slider-${id}`} title={aboutSlider(id, standard)} onFocus={() => onAbout(id)}
      onPointerEnter={() => onAbout(id)}>
      <span className="slider-head"><span className="slider-label">{label}</span><span className="quiet">{statusOfSlider(id)}</span></span>
      <span className="slider-track">
        <input type="range" id={`slider-${id}`} min={0} max={1} step="any" value={placeOf(scale, value)} aria-label={label}
          aria-valuetext={`${value} ${limit.unit}`} onChange={(event) => move(valueAt(scale, Number(event.target.value), limit))} />
        <span className="slider-default" aria-hidden="true" style={{ '--place': placeOf(scale, standard) } as React.CSSProperties} />
      </span>
      <input className="input num-input" value={typed ?? String(value)} aria-label={`${label} (${limit.unit})`} aria-invalid={!fits}
        spellCheck={false} autoComplete="off" onBlur={() => { if (fits) setTyped(null) }}
        onChange={(event) => {
          const text = event.target.value
          const number = Number(text)
          setTyped(text)
          if (text.trim() !== '' && number >= limit.min && number <= limit.max && (!limit.whole || Number.isSafeInteger(number))) moveSlider(id, number)
        }} />
      <span className="slider-unit quiet">{unitWords[limit.unit] ?? limit.unit}</span>
      <button type="button" className="button bare" disabled={!moved && typed === null} aria-label={`Reset ${label} to ${standard} ${limit.unit}`}
        title={`Back to ${standard} ${limit.unit}`} onClick={() => move(standard)}>↺</button>
      {!fits && <span className="field-problem" role="alert">{rangeText(limit)} is needed</span>}
    </div>
  )
})

const unitWords: Record<string, string> = { 'cycles': 'cyc', 'cycles a byte': 'cyc/B', 'microseconds': 'µs', 'factor': '×', 'bytes': 'B' }

/** How the default is known. */
export function statusOfSlider(id: SliderId): string {
  return id === 'mhz' || id === 'linkMbps' ? 'printed' : id === 'sendSize' ? 'chosen' : costSheet[id].status
}

/** Status, plausible range and source of an entry, in words. */
export function aboutSlider(id: SliderId, standard: number): string {
  if (id === 'sendSize') return `Send size: bytes a send() or recv() call. Default ${standard}, as in the paper's tables.`
  const { unit } = limitOf(id)
  if (id === 'mhz' || id === 'linkMbps') return `${sliderLabel(id)}: default ${standard} ${unit}, printed in the paper (section 3.1).`
  const { low, high, status, source, fittedTo } = costSheet[id]
  return `${sliderLabel(id)}: default ${standard} ${unit}, plausible ${low} to ${high}; ${status}${fittedTo ? `, absorbs "${fittedTo}"` : ''}. ${source}.`
}
