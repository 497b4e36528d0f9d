import * as z from 'zod'
import { PlainErrorException } from '../plain-error'
import { type CustomMachine, canonicalCustom, customShape, strict } from './custom'
import { type MachineId, machineIds } from './scenario'

/** A custom machine as a file of its own; docs/machine-file.md describes every field. */
export const machineFormat = 'worldswitch.machine'
export const machineFileVersion = 1
/** A machine file with every field has some kilobytes; what is larger is something else. */
export const largestMachineFile = 1_000_000

const schema = strict('a machine file', {
  format: z.literal(machineFormat),
  version: z.literal(machineFileVersion),
  base: z.enum(machineIds, {
    error: ({ input }) => `base ${JSON.stringify(input)} is unknown: one of ${machineIds.join(', ')} is needed`,
  }),
  ...customShape,
})

export interface MachineFile {
  machine: MachineId
  custom: CustomMachine
}

/** Whether a file says that it is a machine file, in whatever version and state. */
export function isMachineFile(fileName: string, bytes: Uint8Array): boolean {
  if (!fileName.toLowerCase().endsWith('.json') || bytes.byteLength > largestMachineFile) return false
  return new RegExp(`"format"\\s*:\\s*"${machineFormat}"`).test(new TextDecoder().decode(bytes))
}

/** Throws a PlainErrorException that names the file, the field, the value and what is allowed. */
export function parseMachineFile(fileName: string, bytes: Uint8Array): MachineFile {
  const refuse = (what: string, todo = 'docs/machine-file.md describes every field.') =>
    new PlainErrorException({ what: `The machine file cannot be used: ${what}.`, where: fileName, todo })
  if (bytes.byteLength > largestMachineFile) {
    throw refuse(`it has ${bytes.byteLength} bytes, and ${largestMachineFile} is the most that is read`)
  }
  const content = parsedJson(bytes, refuse)
  const head = z.looseObject({ format: z.unknown(), version: z.unknown() }).safeParse(content)
  if (!head.success || head.data.format !== machineFormat) {
    throw refuse(`its format has to be "${machineFormat}"`)
  }
  const { version } = head.data
  if (typeof version === 'number' && version > machineFileVersion) {
    throw refuse(`it has version ${version}, and this Worldswitch reads version ${machineFileVersion}`, 'Use a newer Worldswitch.')
  }
  if (version !== machineFileVersion) throw refuse(`version ${JSON.stringify(version)} is unknown: ${machineFileVersion} is needed`)
  const parsed = schema.safeParse(content)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw refuse(issue ? `${issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''}${issue.message}` : 'it is unreadable')
  }
  const { format: _format, version: _version, base, ...custom } = parsed.data
  return { machine: base, custom: canonicalCustom(custom) }
}

function parsedJson(bytes: Uint8Array, refuse: (what: string) => PlainErrorException): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (thrown) {
    throw refuse(`it is no JSON (${thrown instanceof Error ? thrown.message : String(thrown)})`)
  }
}
