import { partName } from '../../engine/profile/parts'
import type { SessionRun } from '../../engine/session/document'
import { microsecondsAPacket } from './compare'
import { wholeName } from './derived'
import type { ShownFlame } from './flame-shown'
import type { FlameUnit } from './flame-state'
import { fixed, significant } from './numbers'
import { inRange } from './shown'
import type { Workbench } from './store'

/** What a width means: the whole time is `whole` in `unit`. */
export interface WidthUnit {
  id: FlameUnit
  unit: string
  whole: number
  /** As headers name it: "of VMM time", "µs a packet". */
  words: string
}

/** Why widths cannot be this; null when they can. */
export function whyNotUnit(state: Pick<Workbench, 'range'>, run: SessionRun, id: FlameUnit): string | null {
  if (id === 'packet') {
    if (run.kind === 'imported') return 'A recorded profile knows no packets.'
    if (microsecondsAPacket(run) === null) return 'This run moved no packets.'
    if (inRange(state, run)) return 'Packets are counted over the whole run, not over a range of it.'
  }
  if (id === 'second' && run.profile.weightTypes.every(({ unit }) => unit === 'bytes')) return 'This profile counts bytes, not time.'
  return null
}

/** A packet's and a second's parts are of all time, whatever the scope; `part`: the thread, process or processor that is shown alone, in words. */
export function widthUnit(
  state: Pick<Workbench, 'range'>, run: SessionRun, wanted: FlameUnit, scope: 'total' | 'vmm', part: string | null = null,
): WidthUnit {
  const id = scope === 'vmm' || whyNotUnit(state, run, wanted) ? 'percent' : wanted
  if (id === 'packet') return { id, unit: 'µs', whole: microsecondsAPacket(run)!, words: 'µs a packet' }
  if (id === 'second') return { id, unit: 'ms', whole: 1000, words: `ms of each second${part === null ? '' : ` of ${part}`}` }
  return { id, unit: '%', whole: 100, words: `of ${wholeName(scope, part)}` }
}

/** A weight in the unit, such as "3.02 µs a packet"; '' where the unit is percent. */
export function inUnit(part: number, flame: Pick<ShownFlame, 'whole'>, unit: WidthUnit): string {
  if (unit.id === 'percent' || flame.whole <= 0) return ''
  return `${significant((part / flame.whole) * unit.whole)} ${unit.words}`
}

/** What the denominator is called. */
export function wholeOf({ scope, thread, run }: Pick<ShownFlame, 'scope' | 'thread' | 'run'>): string {
  return wholeName(scope, partName(run.profile, thread))
}

/** The whole of a drawing: its name, and what transforms have left of it. */
export function rootLabel(flame: ShownFlame): string {
  return flame.down.tree.total[0] === flame.whole ? wholeOf(flame) : `what is left of ${wholeOf(flame)}`
}

/** "812 of 950 samples": what transforms have left. */
export function leftWords({ down, whole, run, weight }: ShownFlame): string {
  const type = run.profile.weightTypes[weight]
  const unit = type?.unit === 'count' ? type.name : type?.unit ?? ''
  return `showing ${grouped(down.tree.total[0]!)} of ${grouped(whole)} ${unit}`
}

/** Why a table has no row. */
export function nothingWords({ whole }: Pick<ShownFlame, 'whole'>): string {
  return whole > 0 ? 'Nothing is left: remove a step above.' : 'No samples: the words above say why.'
}

function grouped(value: number): string {
  return Math.abs(value) < 1e5 ? fixed(value, 0) : value.toLocaleString('en-US', { maximumFractionDigits: 0 })
}
