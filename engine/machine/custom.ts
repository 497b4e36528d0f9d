import { closest } from 'fastest-levenshtein'
import * as z from 'zod'
import { type BaseMachineId, type MachineConfig, baseHost, baseMachines } from './base-machines'
import { type CostId, type CostValues, costIds, costSheet, sheetValues } from './costs/sheet'
import { ofOneShape } from './one-shape'

/** What a number in a custom machine may be. */
export interface Limit {
  min: number
  max: number
  whole: boolean
  unit: string
  /** Why it ends where it does; empty where the ends are just far beyond any PC of the time. */
  why: string
}

const limit = (unit: string, min: number, max: number, whole: boolean, why = ''): Limit =>
  ({ min, max, whole, unit, why })

/**
 * Limits of the numeric fields. They were found by running: test/unit/machine/custom.test.ts takes both ends of each
 * through whole simulations.
 */
export const customLimits = {
  mhz: limit('MHz', 10, 10_000, false),
  linkMbps: limit('Mb/s', 0.1, 100_000, false),
  windowSegments: limit('segments', 2, 30, true,
    'one segment in flight would wait for the delayed acknowledgement each time; the rings of the host\'s card hold ' +
    '32 frames, which is a window of 30 and two frames without data'),
  timerHz: limit('ticks a second', 10, 1000, true, 'ticks may take 80 % of the CPU\'s time at most'),
} as const
export const nicLimits = {
  fifoFrames: limit('frames', 1, 32, true,
    'without a place in the FIFO no frame ever leaves; the ring behind it holds 32'),
  transmitInterruptEvery: limit('frames', 0, 32, true,
    '0: never; the card\'s ring of 32 would be full before a later interrupt'),
} as const

/** A cost may be as much as ten times what is plausible; a whole number where it is in cycles; never 0. */
export function costLimit(id: CostId): Limit {
  const { unit, high } = costSheet[id]
  const whole = unit === 'cycles'
  return limit(unit, whole ? 1 : 0.001, 10 * high, whole)
}

/** '"x"', 'NaN', '{...}': a value of whatever kind in an error message, short. */
function shown(value: unknown): string {
  const text = typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

export function rangeText({ min, max, whole, unit }: Limit): string {
  return `${whole ? 'a whole number' : 'a number'} from ${min} to ${max} (${unit})`
}

function ranged(name: string, range: Limit) {
  const fits = (n: unknown): n is number => typeof n === 'number' && n >= range.min && n <= range.max &&
    (!range.whole || Number.isSafeInteger(n))
  return z.custom<number>(fits, {
    error: ({ input }) => {
      const fault = typeof input === 'number' ? 'out of range' : 'no number'
      return `${name} ${shown(input)} is ${fault}: ${rangeText(range)} is needed`
    },
  }).optional()
}

/** An object that has no other fields than these; the message names the nearest one. */
export function strict<Shape extends z.core.$ZodShape>(what: string, shape: Shape) {
  const fields = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return `${what} has to be an object, {...}, not ${shown(issue.input)}`
      const unknown = issue.keys[0] ?? ''
      const all = fields.length <= 12 ? `; there are ${fields.join(', ')}` : ''
      return `${shown(unknown)} is no field of ${what}; the nearest is ${closest(unknown, fields)}${all}`
    },
  })
}

const costShape = Object.fromEntries(costIds.map((id) => [id, ranged(id, costLimit(id))])) as
  Record<CostId, ReturnType<typeof ranged>>

export const nameLength = { min: 1, max: 60 } as const
const isName = (text: unknown): text is string => typeof text === 'string' && text.trim() === text &&
  text.length >= nameLength.min && text.length <= nameLength.max && !/\p{Cc}/u.test(text)

/** Fields of a custom machine: overrides of the scenario's `machine`; what is left out stays as it is there. */
export const customShape = {
  name: z.custom<string>(isName, {
    error: ({ input }) => `name ${input === undefined ? 'is missing' : `${shown(input)} cannot be used`}: ` +
      `${nameLength.min} to ${nameLength.max} characters are needed, without blanks at the ends or control characters`,
  }),
  mhz: ranged('mhz', customLimits.mhz),
  linkMbps: ranged('linkMbps', customLimits.linkMbps),
  duplex: z.enum(['half', 'full'], {
    error: ({ input }) => `duplex ${shown(input)} is unknown: "half" or "full" is needed`,
  }).optional(),
  nic: strict('nic', {
    fifoFrames: ranged('fifoFrames', nicLimits.fifoFrames),
    transmitInterruptEvery: ranged('transmitInterruptEvery', nicLimits.transmitInterruptEvery),
    transmitInterruptOnIdle: z.boolean({
      error: ({ input }) => `transmitInterruptOnIdle ${shown(input)} is neither true nor false`,
    }).optional(),
  }).optional(),
  windowSegments: ranged('windowSegments', customLimits.windowSegments),
  timerHz: ranged('timerHz', customLimits.timerHz),
  costs: strict('costs', costShape).optional(),
}
export const customSchema = strict('a custom machine', customShape)
export type CustomMachine = z.infer<typeof customSchema>

/** Fields in one order, costs in the sheet's, nothing empty: so that equal machines have equal bytes. */
export function canonicalCustom(custom: CustomMachine): CustomMachine {
  const { name, mhz, linkMbps, duplex, nic = {}, windowSegments, timerHz, costs = {} } = custom
  const { fifoFrames, transmitInterruptEvery, transmitInterruptOnIdle } = nic
  const some = <T extends object>(fields: T): Partial<T> =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>
  const filled = <T extends object>(fields: T) => (Object.keys(fields).length > 0 ? fields : undefined)
  return {
    name,
    ...some({
      mhz, linkMbps, duplex, nic: filled(some({ fifoFrames, transmitInterruptEvery, transmitInterruptOnIdle })),
      windowSegments, timerHz, costs: filled(some(Object.fromEntries(costIds.map((id) => [id, costs[id]])))),
    }),
  }
}

/** The machine that a base and its overrides make. */
export function machineOf(id: BaseMachineId, custom?: CustomMachine): MachineConfig {
  const { nic, costs, ...fields } = custom ? canonicalCustom(custom) : {}
  return ofOneShape({
    id, ...baseMachines[id], ...baseHost, ...(fields as Partial<MachineConfig>),
    nic: { ...baseHost.nic, ...nic } as MachineConfig['nic'], costs: { ...sheetValues(), ...costs } as CostValues,
  })
}
