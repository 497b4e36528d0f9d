import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { writeChromeTrace } from '../../engine/formats/chrome-trace/write'
import { writeGecko } from '../../engine/formats/firefox/write'
import { importProfile } from '../../engine/formats/open-profile'
import { writeSpeedscope } from '../../engine/formats/speedscope/write'
import type { Profile } from '../../engine/profile/columns'
import { anyProfile } from '../fixtures/profiles'
import { fixture } from '../unit/formats/readers'

/** What we write against what its programs say that they read: the schema that speedscope ships, the tables that gecko documents. */
const captures = ['perf-sym-pcnet.txt', 'perf-sym-system2-pcnet.txt', 'node-tsc.cpuprofile', 'node-trace-events.json', 'pcnet-tx-nots.log']
const captured = (name: string): Profile => importProfile(name, fixture(name)).profile
const every = (check: (profile: Profile) => void, made = anyProfile) => {
  for (const name of captures) check(captured(name))
  fc.assert(fc.property(made, check), { numRuns: 80 })
}
/** Counts so small that each of them is a sample of the file. */
const counted = anyProfile.map((profile): Profile => ({
  ...profile, defaultWeight: 0, samples: { ...profile.samples, weights: profile.samples.weights.map((column) => column.map((value) => value % 40)) },
}))

describe('speedscope files', () => {
  const schema = z.fromJSONSchema(JSON.parse(readFileSync('node_modules/speedscope/dist/release/file-format-schema.json', 'utf8')) as Parameters<typeof z.fromJSONSchema>[0])

  it('follow the schema that the program ships', () => {
    every((profile) => { schema.parse(JSON.parse(writeSpeedscope(profile))) })
  })
  it('would not follow it with a fault: the schema does look', () => {
    const good = JSON.parse(writeSpeedscope(captured('node-tsc.cpuprofile'))) as { profiles: { unit: unknown; weights: unknown[]; samples: unknown[] }[]; shared: { frames: unknown[] } }
    const broken = (recipe: (file: typeof good) => void) => {
      const file = structuredClone(good)
      recipe(file)
      return schema.safeParse(file).success
    }
    expect(broken(() => undefined)).toBe(true)
    expect(broken((file) => { file.profiles[0]!.unit = 'cycles' })).toBe(false)
    expect(broken((file) => { file.profiles[0]!.weights[0] = null })).toBe(false)
    expect(broken((file) => { file.shared.frames[0] = { file: 'x' } })).toBe(false)
    expect(broken((file) => { file.profiles[0]!.samples[0] = ['0'] })).toBe(false)
  })
  it('have as many weights as samples, frames that are there, and the sum of the weights between start and end', () => {
    every((profile) => {
      const { profiles, shared } = JSON.parse(writeSpeedscope(profile)) as { shared: { frames: unknown[] }; profiles: { samples: number[][]; weights: number[]; startValue: number; endValue: number }[] }
      for (const { samples, weights, startValue, endValue } of profiles) {
        expect(weights).toHaveLength(samples.length)
        expect(endValue - startValue).toBe(weights.reduce((sum, weight) => sum + weight, 0))
        expect(samples.every((stack) => stack.every((frame) => Number.isInteger(frame) && frame >= 0 && frame < shared.frames.length))).toBe(true)
      }
    })
  })
})

/** A gecko table: columns by number, rows as lists no longer than that. */
const table = <Row extends z.ZodType>(columns: readonly string[], row: Row) => z.strictObject({
  schema: z.strictObject(Object.fromEntries(columns.map((name, i) => [name, z.literal(i)]))), data: z.array(row),
})
const index = z.int().nonnegative()
/** docs-developer/gecko-profile-format.md and src/types/gecko-profile.ts of the Firefox Profiler, version 24; strict, so that nothing else is written. */
const thread = z.strictObject({
  name: z.string(), processName: z.string(), processType: z.literal('default'), tid: z.int(), pid: z.int(), registerTime: z.number(), unregisterTime: z.null(),
  markers: table(['name', 'startTime', 'endTime', 'phase', 'category', 'data'], z.never()),
  samples: table(['stack', 'time', 'responsiveness'], z.tuple([index.nullable(), z.number(), z.number()])),
  frameTable: table(
    ['location', 'relevantForJS', 'innerWindowID', 'implementation', 'line', 'column', 'category', 'subcategory'],
    z.tuple([index, z.boolean(), z.number(), z.null(), z.null(), z.null(), index, index]),
  ),
  stackTable: table(['prefix', 'frame'], z.tuple([index.nullable(), index])), stringTable: z.array(z.string()),
})
/** Colours of categories that src/utils/colors.ts knows. */
const colours = ['transparent', 'purple', 'green', 'orange', 'yellow', 'lightblue', 'blue', 'brown', 'magenta', 'red', 'lightred', 'darkgrey', 'grey']
const gecko = z.strictObject({
  meta: z.strictObject({
    version: z.literal(24), interval: z.number().positive(), startTime: z.number(), shutdownTime: z.null(), processType: z.literal(0), product: z.string(),
    stackwalk: z.literal(1), debug: z.literal(0), gcpoison: z.literal(0), asyncstack: z.literal(1), presymbolicated: z.literal(true),
    categories: z.array(z.strictObject({ name: z.string().min(1), color: z.enum(colours), subcategories: z.array(z.string()).min(1) })).min(1),
    markerSchema: z.array(z.never()),
  }),
  libs: z.array(z.never()), threads: z.array(thread), processes: z.array(z.never()), pausedRanges: z.array(z.never()),
})

describe('gecko files', () => {
  it('have the documented tables and nothing else, and every number in them points at something', () => {
    every((profile) => {
      const { meta, threads } = gecko.parse(JSON.parse(writeGecko(profile)))
      // the program gives what has no category the first grey one
      expect(meta.categories.filter(({ color }) => color === 'grey')).toHaveLength(1)
      for (const { samples, stackTable, frameTable, stringTable } of threads) {
        for (const [stack] of samples.data) if (stack !== null) expect(stack).toBeLessThan(stackTable.data.length)
        for (let i = 1; i < samples.data.length; i++) if (samples.data[i]![1] < samples.data[i - 1]![1]) throw new Error(`sample ${i} is earlier than the one before`)
        stackTable.data.forEach(([prefix, frame], i) => {
          // callers first: the program goes over the table once
          expect(prefix === null || prefix < i).toBe(true)
          expect(frame).toBeLessThan(frameTable.data.length)
        })
        for (const [location, , , , , , category, subcategory] of frameTable.data) {
          expect(location).toBeLessThan(stringTable.length)
          expect(subcategory).toBeLessThan(meta.categories[category]!.subcategories.length)
        }
        expect(new Set(stringTable).size).toBe(stringTable.length)
      }
    }, counted)
  })
})

describe('traces', () => {
  /** Google's "Trace Event Format": what each kind of event has to have. */
  const place = { pid: z.int(), tid: z.int() }
  const event = z.discriminatedUnion('ph', [
    z.strictObject({ ph: z.literal('M'), name: z.enum(['process_name', 'thread_name']), ...place, args: z.strictObject({ name: z.string() }) }),
    z.strictObject({ ph: z.literal('B'), name: z.string(), cat: z.string(), ts: z.number(), ...place, args: z.record(z.string(), z.unknown()).optional() }),
    z.strictObject({ ph: z.literal('E'), name: z.string(), ts: z.number(), ...place, args: z.record(z.string(), z.unknown()).optional() }),
  ])
  const sortIndex = z.strictObject({ ph: z.literal('M'), name: z.literal('thread_sort_index'), ...place, args: z.strictObject({ sort_index: z.int() }) })
  const file = z.strictObject({ displayTimeUnit: z.enum(['ns', 'ms']), otherData: z.record(z.string(), z.union([z.string(), z.number()])), traceEvents: z.array(z.union([sortIndex, event])) })

  it('of recordings have what each kind of event needs, and every beginning its end, innermost first', () => {
    every((profile) => {
      const { traceEvents } = file.parse(JSON.parse(new TextDecoder().decode(writeChromeTrace(profile))))
      const open = new Map<number, { name: string; ts: number }[]>()
      for (const one of traceEvents) {
        if (one.ph !== 'B' && one.ph !== 'E') continue
        const stack = open.get(one.tid) ?? []
        open.set(one.tid, stack)
        if (one.ph === 'B') stack.push(one)
        else {
          const begun = stack.pop()
          if (begun?.name !== one.name || one.ts < begun.ts) throw new Error(`the end of ${one.name} at ${one.ts} has no beginning`)
        }
      }
      expect([...open.values()].every((stack) => stack.length === 0)).toBe(true)
    })
  })
})
