import * as z from 'zod'
import { viewIds } from './document'

/**
 * The manifest of a `.wsprof` file, checked when it is read. Objects are loose: fields that this version does not know
 * are kept and written again, so that an older Worldswitch does not destroy what a newer one saved. The version number
 * only grows when an old reader would misunderstand the file. docs/session-format.md describes every field.
 */
export const sessionFormat = 'worldswitch.session'
export const sessionVersion = 1
export const manifestPath = 'manifest.json'

const finite = z.number()
const count = z.number().nonnegative()

const scenario = z.looseObject({
  machine: z.string(), vm: z.string(), optimizations: z.array(z.string()), whatIfs: z.array(z.string()),
  direction: z.string(), sendSize: count, bytes: count, seed: count, samplerHz: count,
})

const tableRow = z.looseObject({
  id: z.string(), label: z.string(), scope: z.enum(['total', 'vmm']), percent: finite.nullable(),
  method: z.enum(['sampled', 'direct', 'derived']), ci95: z.tuple([finite, finite]).nullable(),
  truthPercent: finite.nullable(), averageMicroseconds: finite.nullable(),
  status: z.enum(['calibrated', 'counted', 'predicted']),
  paper: z.looseObject({ percent: finite, averageMicroseconds: finite.nullable() }).nullable(),
  derivation: z.array(z.string()).optional(), effectiveSamples: count.nullable().optional(),
  evidence: z.string().optional(), plan: z.string().optional(),
})

const sampling = z.looseObject({
  options: z.looseObject({}), askedHz: count, foundHz: count, deferred: count, lost: count, biases: z.array(z.string()),
  aliasing: z.array(z.looseObject({
    source: z.string(), periodMicroseconds: count, p: finite.nullable(), verdict: z.string(),
  })),
})
const probe = z.looseObject({
  id: z.string(), label: z.string(), count, meanMicroseconds: finite, exclusiveMeanMicroseconds: finite,
  correctedMeanMicroseconds: finite, p5Microseconds: finite, p50Microseconds: finite, p95Microseconds: finite,
  p99Microseconds: finite, maxMicroseconds: finite, overheadCycles: finite,
})
const perturbation = z.looseObject({
  probeCycles: finite, samplerCycles: finite, elapsedCycles: finite, idleCycles: finite, idlePercentUnwatched: finite,
  words: z.string(),
})
const splitPart = z.looseObject({ percent: finite, ci95: z.tuple([finite, finite]) })
const reconciliation = z.looseObject({
  id: z.string(),
  names: z.looseObject({ bucket: z.string(), part: z.string(), rest: z.string(), scope: z.string() }),
  measuredPart: splitPart, rest: splitPart.nullable(), truth: z.looseObject({ measuredPart: finite, rest: finite }),
  steps: z.array(z.string()),
})

const runReport = z.looseObject({
  schema: z.literal('worldswitch.run/1'), engineVersion: z.string(), scenario, name: z.string(),
  throughputMbps: finite, simulatedSeconds: finite,
  idlePercent: z.looseObject({ direct: finite.nullable(), truth: finite }),
  counts: z.record(z.string(), finite),
  vmnetTransmit: z.looseObject({
    meanMicroseconds: finite, isolatedMeanCycles: finite, nestedIrqsPerCall: finite,
  }).nullable(),
  sampling: sampling.optional(), probes: z.array(probe).optional(), perturbation: perturbation.optional(),
  reconciliations: z.array(reconciliation).optional(), samples: count, table: z.array(tableRow), books: z.looseObject({ cycles: finite, attributed: finite }),
})

const loadReport = z.looseObject({
  format: z.string(), reason: z.string(), bytes: count, lines: count, notUnderstood: count,
  firstNotUnderstood: z.array(z.looseObject({ line: count, text: z.string() })), samplesKept: count,
  samplesDropped: z.array(z.looseObject({ reason: z.string(), count })), samplesWithoutFrames: count,
  stampsOutOfOrder: count, unknownSymbols: count, eventTypes: z.array(z.looseObject({ name: z.string(), count })),
  notes: z.array(z.string()), notApplicable: z.record(z.string(), z.string()).optional(), askedPerSecond: finite.optional(),
  branches: z.looseObject({
    samples: count, branches: count, predicted: count, mispredicted: count, cycles: count,
    most: z.array(z.looseObject({ from: z.string(), to: z.string(), count, mispredicted: count, cycles: count })),
  }).optional(),
  pace: z.looseObject({
    thread: z.string(), words: z.string(), foundPerSecond: finite.optional(), askedPerSecond: finite.nullable().optional(),
    gaps: z.array(finite).nullable(),
  }).optional(),
  worlds: z.array(z.looseObject({
    world: count, share: finite, lo: finite, hi: finite, effectiveSamples: finite, words: z.string(),
  })).optional(),
})

/** Ids name files inside the archive: nothing but letters, digits, '-' and '_'. */
export const runId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const profilePart = z.looseObject({
  path: z.string().max(200), sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: count,
})

const simulatedRun = z.looseObject({
  kind: z.literal('simulated'), id: runId, name: z.string(), colour: z.string().optional(), profile: profilePart,
  report: runReport, digest: z.string(),
})
const importedRun = z.looseObject({
  kind: z.literal('imported'), id: runId, name: z.string(), colour: z.string().optional(), profile: profilePart,
  source: z.looseObject({ fileName: z.string(), format: z.string(), report: loadReport }),
  rules: z.looseObject({ set: z.string(), reason: z.string() }).optional(),
})

/** Rules of a newer version may have conditions that this one does not know: such a set is kept, but classifies nothing here. */
const ruleSet = z.looseObject({ id: runId, name: z.string(), about: z.string(), rules: z.array(z.looseObject({ world: z.string(), row: z.string() })) })

const knownPlace = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('run'), run: z.string() }),
  z.looseObject({ kind: z.literal('row'), run: z.string(), row: z.string() }),
  z.looseObject({ kind: z.literal('frame'), run: z.string(), path: z.array(z.string()) }),
  z.looseObject({
    kind: z.literal('range'), run: z.string(), unit: z.enum(['cycles', 'seconds']), from: finite, to: finite,
  }),
])
const knownKinds: readonly string[] = knownPlace.options.map((option) => option.shape.kind.value)
/** A place of a newer version: its note is shown, listed as pinned to something unknown. */
const otherPlace = z.looseObject({
  kind: z.string().refine((kind) => !knownKinds.includes(kind), 'a place without what its kind needs'),
})
const pin = z.looseObject({ id: z.string(), text: z.string(), at: z.union([knownPlace, otherPlace]) })

const frameRef = z.looseObject({ name: z.string(), module: z.string() })
const knownTransform = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('focus-function'), frame: frameRef }),
  z.looseObject({ kind: z.literal('focus-path'), path: z.array(frameRef).min(1) }),
  z.looseObject({ kind: z.literal('hide-function'), frame: frameRef }),
  z.looseObject({ kind: z.literal('merge-function'), frame: frameRef }),
  z.looseObject({ kind: z.literal('collapse-recursion'), frame: frameRef }),
  z.looseObject({ kind: z.literal('collapse-module'), module: z.string() }),
  z.looseObject({ kind: z.literal('only-world'), world: z.string() }),
])
const knownTransforms: readonly string[] = knownTransform.options.map((option) => option.shape.kind.value)
/** A transform of a newer version: listed, but not carried out. */
const otherTransform = z.looseObject({
  kind: z.string().refine((kind) => !knownTransforms.includes(kind), 'a transform without what its kind needs'),
})

const view = z.looseObject({
  // a view of a newer version is no reason to lose the session
  tab: z.enum(viewIds).catch('flame'), selectedRun: z.string().nullable(),
  compare: z.looseObject({ a: z.string(), b: z.string() }).nullable(), scope: z.enum(['total', 'vmm']), weight: count,
  tableColumns: z.array(z.string()).optional(),
  transforms: z.array(z.union([knownTransform, otherTransform])).optional(),
})

const meanOfRuns = z.looseObject({
  n: count, mean: finite, sd: count.nullable(), ci95: z.tuple([finite, finite]).nullable(), evidence: z.string(),
})
const sweep = z.looseObject({
  request: z.looseObject({
    machine: z.string(), configurations: z.array(z.string()), sizes: z.array(count), seeds: z.array(count), bytes: count,
  }),
  cells: z.array(z.looseObject({
    configuration: z.string(), sendSize: count, throughputMbps: meanOfRuns, idlePercent: meanOfRuns,
  })),
})
const sweeps = z.looseObject({ throughput: sweep.optional(), idle: sweep.optional() })

export const manifestSchema = z.looseObject({
  format: z.literal(sessionFormat), version: z.literal(sessionVersion), engineVersion: z.string(),
  notes: z.string(), pins: z.array(pin).optional(), sweeps: sweeps.optional(), ruleSets: z.array(ruleSet).optional(),
  runs: z.array(z.discriminatedUnion('kind', [simulatedRun, importedRun])), view,
})
export type Manifest = z.infer<typeof manifestSchema>
export type ManifestRun = Manifest['runs'][number]
