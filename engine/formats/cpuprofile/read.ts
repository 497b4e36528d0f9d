import { PlainErrorException } from '../../plain-error'
import { JsonBytes, JsonFault, type JsonSteps } from '../json-bytes'
import { emptyLoadReport } from '../load-report'
import { asPart, atOnce, type ReadSteps } from '../read-steps'
import { CpuNodes } from './nodes'
import { cpuSamples, emptyRows } from './samples'

/**
 * Reads a V8 `.cpuprofile` (Chrome DevTools Protocol, Profiler.Profile; times in microseconds), also the older form with
 * a `head` tree. Every sample is a row; its time is what passed until the next one.
 */
export function* cpuprofileSteps(fileName: string, bytes: Uint8Array, reason: string): ReadSteps {
  const report = emptyLoadReport('cpuprofile', reason)
  report.bytes = bytes.length
  const json = new JsonBytes(bytes)
  const nodes = new CpuNodes()
  const numbers: Record<'samples' | 'timeDeltas' | 'timestamps', number[]> = { samples: [], timeDeltas: [], timestamps: [] }
  let [startTime, endTime] = [0, Number.NaN]
  const members = (): JsonSteps => json.objectSteps((key) => {
    if (key === 'nodes') return json.arraySteps(() => nodes.readNode(json))
    if (key === 'head') return nodes.readTree(json)
    if (key === 'samples' || key === 'timeDeltas' || key === 'timestamps') return json.arraySteps(() => { numbers[key].push(json.number()) })
    if (key === 'startTime') startTime = json.number()
    else if (key === 'endTime') endTime = json.number()
    else return json.skipSteps()
  })
  try {
    yield* asPart(members(), bytes.length, 1)
  } catch (thrown) {
    if (!(thrown instanceof JsonFault)) throw thrown
    report.notUnderstood++
    report.notes.push(`the text breaks off at byte ${thrown.at} (${thrown.message}): what came before was kept`)
  }
  if (nodes.count === 0) throw new PlainErrorException({ what: 'The V8 profile holds no functions.', where: fileName })
  const { samples, timeDeltas, timestamps } = numbers
  const rows = emptyRows()
  for (const _ of cpuSamples(rows, nodes, { samples, timeDeltas, timestamps, startTime, endTime }, report)) yield 1
  return { profile: rows.profile(fileName), report }
}

export const readCpuprofile = atOnce(cpuprofileSteps)
