import type { CustomMachine } from '../../engine/machine/custom'
import type { Scenario } from '../../engine/machine/scenario'

/** A custom machine as the editor holds it: three fields as typed, and what only a machine file can say. */
export interface CustomDraft {
  name: string
  /** As typed; blank: as in the base machine. */
  mhz: string
  linkMbps: string
  duplex: '' | 'half' | 'full'
  rest: Pick<CustomMachine, 'nic' | 'windowSegments' | 'timerHz' | 'costs'>
}

export function customDraftOf(custom: Scenario['custom']): CustomDraft | null {
  if (!custom) return null
  const { name, mhz, linkMbps, duplex, ...rest } = custom
  const text = (value: number | undefined) => (value === undefined ? '' : String(value))
  return { name, mhz: text(mhz), linkMbps: text(linkMbps), duplex: duplex ?? '', rest }
}

/** What the engine is given to check: text that is no number stays text, so that the message can quote it. */
export function customInput(draft: CustomDraft): Record<string, unknown> {
  const { name, mhz, linkMbps, duplex, rest } = draft
  const number = (text: string) => (Number.isNaN(Number(text)) ? text : Number(text))
  return {
    name: name.trim(), ...rest,
    ...(mhz.trim() === '' ? {} : { mhz: number(mhz) }), ...(linkMbps.trim() === '' ? {} : { linkMbps: number(linkMbps) }),
    ...(duplex === '' ? {} : { duplex }),
  }
}

const blank: CustomDraft = { name: '', mhz: '', linkMbps: '', duplex: '', rest: {} }
/** Until the user types another one: a machine needs a name, and asking for it first would be in the way. */
const firstName = 'custom'

/** The draft with one field changed; a machine of which nothing is left is none. */
export function withCustomField<Field extends 'name' | 'mhz' | 'linkMbps' | 'duplex'>(
  draft: CustomDraft | null, field: Field, value: CustomDraft[Field],
): CustomDraft | null {
  const changed = { ...(draft ?? { ...blank, name: field === 'name' ? '' : firstName }), [field]: value }
  const { name, mhz, linkMbps, duplex, rest } = changed
  const bare = mhz.trim() === '' && linkMbps.trim() === '' && duplex === '' && Object.keys(rest).length === 0
  return bare && (name.trim() === '' || (name === firstName && field !== 'name')) ? null : changed
}

/** What a machine file has set beside the fields of the panel: 'worldSwitch 3000', 'timerHz 200'. */
export function restWords({ rest }: CustomDraft): string[] {
  const { costs = {}, nic = {}, ...plain } = rest
  return Object.entries({ ...plain, ...nic, ...costs })
    .flatMap(([field, value]) => (value === undefined ? [] : [`${field} ${String(value)}`]))
}
