import { baseHost, baseMachines } from '../../../engine/machine/base-machines'
import { costIds, costSheet } from '../../../engine/machine/costs/sheet'
import { type Limit, costLimit, customLimits, nameLength, nicLimits } from '../../../engine/machine/custom'
import { largestMachineFile, machineFileVersion, machineFormat } from '../../../engine/machine/machine-file'
import { machineIds } from '../../../engine/machine/scenario'

/** The tables of docs/machine-file.md, written from what the program checks. */

const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

const range = ({ min, max, whole }: Limit) => `${whole ? 'whole number ' : ''}${min} to ${max}`

const meanings: Record<keyof typeof customLimits | keyof typeof nicLimits, string> = {
  mhz: 'clock of the CPU',
  linkMbps: 'speed of the link to the other PC',
  windowSegments: 'most full segments in flight, sending and receiving',
  timerHz: 'ticks of host and guest',
  fifoFrames: 'frames that the host\'s card holds between memory and the wire',
  transmitInterruptEvery: 'the card interrupts for every n-th frame it has fetched',
}

function fields(): string {
  const machines = machineIds.map((id) => `\`${id}\``).join(' or ')
  const numeric = (prefix: string, limits: Record<string, Limit>, base: Record<string, unknown>) =>
    Object.entries(limits).map(([field, limit]) => [
      `\`${prefix}${field}\``, limit.unit, range(limit), String(base[field]),
      `${meanings[field as keyof typeof meanings]}${limit.why ? ` (${limit.why})` : ''}`,
    ])
  const mhz = machineIds.map((id) => baseMachines[id].mhz).join(' / ')
  return table(['field', 'unit', 'allowed', 'in the base', 'meaning'], [
    ['`format`', '', `\`"${machineFormat}"\``, '', 'what the file is'],
    ['`version`', '', String(machineFileVersion), '', 'grows only when an older reader would misunderstand the file'],
    ['`base`', '', machines, '', `the PC that it starts from`],
    ['`name`', '', `${nameLength.min} to ${nameLength.max} characters`, '', 'shown wherever the machine is'],
    ...numeric('', customLimits, { ...baseHost, mhz }),
    ['`duplex`', '', '`"half"` or `"full"`', baseHost.duplex, 'of the link; half: one frame at a time in both directions together'],
    ...numeric('nic.', nicLimits, baseHost.nic as unknown as Record<string, unknown>),
    ['`nic.transmitInterruptOnIdle`', '', '`true` or `false`', String(baseHost.nic.transmitInterruptOnIdle), 'the card interrupts when it has fetched the last queued frame'],
    ['`costs`', '', 'an object, see below', '', 'any of the costs by name'],
  ]) + `\n\nThe file may have ${largestMachineFile} bytes.`
}

function costs(): string {
  return table(['cost', 'unit', 'value', 'plausible', 'allowed', 'status', 'what it is'], costIds.map((id) => {
    const { unit, value, low, high, status, source } = costSheet[id]
    return [`\`${id}\``, unit, String(value), `${low} to ${high}`, range(costLimit(id)), status, source.replaceAll('|', '\\|')]
  }))
}

/** `text` with its generated parts written anew. */
export function withTables(text: string): string {
  const parts: Record<string, string> = { fields: fields(), costs: costs() }
  return text.replace(/(<!-- generated: (\w+) -->\n)[^]*?(<!-- end -->)/g, (_all, start: string, name: string, end: string) =>
    `${start}${parts[name] ?? ''}\n${end}`)
}
