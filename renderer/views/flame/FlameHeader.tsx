import { useMemo } from 'react'
import { isSampledCount } from '../../../engine/profile/compare'
import { countWeight } from '../../../engine/profile/paired'
import { partsOf, weightOfPart, type ProfilePart } from '../../../engine/profile/parts'
import { setOrder, setUnit } from '../../state/actions-flame'
import { setScope, setThread, setWeight } from '../../state/actions-view'
import type { SessionRun } from '../../../engine/session/document'
import { hasVmmTime, runOf, samplesName, samplesOf } from '../../state/derived'
import type { ShownFlame } from '../../state/flame-shown'
import type { FlameUnit } from '../../state/flame-state'
import { whyNotUnit, type WidthUnit } from '../../state/flame-units'
import type { Matching } from '../../state/match-walk'
import { whole as wholeText } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { Segmented } from '../../widgets/controls'
import { SearchField } from './SearchField'

interface FlameHeaderProps {
  flame: ShownFlame
  unit: WidthUnit
  matching: Matching
  onStep: (step: 1 | -1) => void
  /** The function that a sandwich would be made around. */
  around: string | null
}

type Width = 'total' | 'vmm' | 'packet' | 'second'

/** Names what a width means and the weight, and lets both be changed; search with its matched share. */
export function FlameHeader({ flame, unit, matching, onStep, around }: FlameHeaderProps) {
  const order = useWorkbench((state) => state.flame.order)
  const { run, weight, scope, whole, thread } = flame
  const { profile } = run
  const type = profile.weightTypes[weight]
  const inPart = useMemo(() => (thread === null ? null : weightOfPart(profile, countWeight(profile), thread)), [profile, thread])
  return (
    <header className="view-header">
      <Segmented label="Order" value={order} onChange={(value) => setOrder(value, value === 'sandwich' ? around : null)} testId="flame-order" options={[
        { value: 'down', label: 'top-down' }, { value: 'up', label: 'bottom-up' }, { value: 'sandwich', label: 'sandwich' },
      ]} />
      <WidthChoice flame={flame} unit={unit} />
      {profile.weightTypes.length > 1 && (
        <Segmented label="Weight" value={String(weight)} onChange={(value) => setWeight(Number(value))} testId="flame-weight"
          options={profile.weightTypes.map((one, index) => ({
            value: String(index), label: one.kind === 'true' ? `true ${one.name}` : one.name === 'samples' ? 'sampled' : `${one.name} (sampled)`,
          }))} />
      )}
      <PartChoice flame={flame} />
      <span className="quiet view-count">
        {inPart !== null && `${wholeText(inPart)} of `}<span data-testid="sample-count">{wholeText(samplesOf(run))}</span> {samplesName(run)}
        {type && !isSampledCount(type) && `, ${wholeText(whole)} ${type.unit} ${scope === 'vmm' ? 'of VMM time' : 'in all'}`}
      </span>
      <SearchField flame={flame} matching={matching} onStep={onStep} />
    </header>
  )
}

/** Why widths cannot be of VMM time. */
function noVmmTime(run: SessionRun): string {
  return run.kind === 'imported'
    ? 'In a recording VMM time is what its rules say: Table 2 has its rows in percent of it, and "only its world" in a box\'s menu shows one world alone.'
    : 'This profile has no VMM time of its own.'
}

function WidthChoice({ flame, unit }: { flame: ShownFlame; unit: WidthUnit }) {
  const range = useWorkbench((state) => state.range)
  const { run } = flame
  const value: Width = unit.id === 'percent' ? flame.scope : unit.id
  const disabled = (id: FlameUnit) => {
    const why = whyNotUnit({ range }, run, id)
    return why ? { disabled: why } : {}
  }
  const choose = (width: Width) => {
    if (width === 'total' || width === 'vmm') {
      setUnit('percent')
      setScope(width)
    } else setUnit(width)
  }
  return (
    <Segmented label="Width" value={value} onChange={choose} testId="flame-scope" options={[
      { value: 'total', label: 'of total time' },
      { value: 'vmm', label: 'of VMM time', ...(hasVmmTime(run.profile) ? {} : { disabled: noVmmTime(run) }) },
      { value: 'packet', label: 'µs a packet', ...disabled('packet') },
      { value: 'second', label: 'ms a second', ...disabled('second') },
    ]} />
  )
}

const groups: readonly { kind: ProfilePart['kind']; label: string }[] = [
  { kind: 'thread', label: 'Threads' }, { kind: 'process', label: 'Processes' }, { kind: 'processor', label: 'Processors' },
]

function PartChoice({ flame: { run, thread } }: { flame: ShownFlame }) {
  // of the whole run: a range may hold none of a part's samples
  const { profile } = useWorkbench((state) => runOf(state, run.id)) ?? run
  const parts = useMemo(() => partsOf(profile), [profile])
  if (parts.length === 0) return null
  return (
    <select className="select flame-thread" aria-label="Thread, process or processor" value={thread ?? ''}
      onChange={(event) => setThread(event.target.value === '' ? null : Number(event.target.value))}>
      <option value="">{parts.some(({ kind }) => kind === 'thread') ? 'all threads' : 'all processors'}</option>
      {groups.map(({ kind, label }) => {
        const own = parts.filter((part) => part.kind === kind)
        return own.length > 0 && (
          <optgroup key={kind} label={label}>
            {own.map(({ part, name }) => <option key={part} value={part}>{name}</option>)}
          </optgroup>
        )
      })}
    </select>
  )
}
