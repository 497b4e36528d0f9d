import * as z from 'zod'
import { PlainErrorException } from '../plain-error'
import { type CustomMachine, canonicalCustom, customShape, machineOf, strict } from './custom'
import { problemOf } from './feasible'
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
    error: ({ input }) => `base ${missingOrUnknown(input)}: one of ${machineIds.join(', ')} is needed`,
  }),
  ...customShape,
})

export interface MachineFile {
  machine: MachineId
  custom: CustomMachine
}

/** Only files of this name are looked into. */
export function mayBeMachineFile(fileName: string): boolean {
  return fileName.toLowerCase().endsWith('.json')
}

/** Whether a file says that it is a machine file, in whatever version and state. */
export function isMachineFile(fileName: string, bytes: Uint8Array): boolean {
  if (!mayBeMachineFile(fileName) || bytes.byteLength > largestMachineFile) return false
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
  const head = z.looseObject({ format: z.unknown().optional(), version: z.unknown().optional() }).safeParse(content)
  if (!head.success || head.data.format !== machineFormat) {
    throw refuse(`its format has to be "${machineFormat}"`)
  }
  const { version } = head.data
  if (typeof version === 'number' && version > machineFileVersion) {
    throw refuse(
      `it has version ${version}, and this Worldswitch reads version ${machineFileVersion}`, 'Use a newer Worldswitch.',
    )
  }
  if (version !== machineFileVersion) {
    throw refuse(`version ${missingOrUnknown(version)}: ${machineFileVersion} is needed`)
  }
  const parsed = schema.safeParse(content)
  if (!parsed.success) throw refuse(parsed.error.issues[0] ? fieldText(parsed.error.issues[0]) : 'it is unreadable')
  const { format: _format, version: _version, base, ...custom } = parsed.data
  // what the machine alone decides; bytes and samples are the scenario's
  const problem = problemOf(machineOf(base, custom), { bytes: 1, samplerHz: 0, samplesInterrupt: false })
  if (problem) throw refuse(fieldText({ ...problem, path: problem.path.slice(1) }))
  return { machine: base, custom: canonicalCustom(custom) }
}

function missingOrUnknown(value: unknown): string {
  return value === undefined ? 'is missing' : `${JSON.stringify(value)} is unknown`
}

/** A message says its field itself; where that is inside another one, all of the path goes before it. */
function fieldText({ path, message }: { path: PropertyKey[]; message: string }): string {
  return path.length > 1 ? `${path.join('.')}: ${message}` : message
}

function parsedJson(bytes: Uint8Array, refuse: (what: string) => PlainErrorException): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (thrown) {
    throw refuse(`it is no JSON (${thrown instanceof Error ? thrown.message : String(thrown)})`)
  }
}
