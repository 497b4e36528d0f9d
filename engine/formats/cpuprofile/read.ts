import { PlainErrorException } from '../../plain-error'
import type { Profile } from '../../profile/columns'
import { JsonBytes, JsonFault } from '../json-bytes'
import { emptyLoadReport, type LoadReport } from '../load-report'
import { CpuNodes } from './nodes'
import { cpuSamples } from './samples'

/**
 * Reads a V8 `.cpuprofile` (Chrome DevTools Protocol, Profiler.Profile; times in microseconds), also the older form with
 * a `head` tree. Every sample is a row; its time is what passed until the next one.
 */
export function readCpuprofile(fileName: string, bytes: Uint8Array, reason: string): { profile: Profile; report: LoadReport } {
  const report = emptyLoadReport('cpuprofile', reason)
  report.bytes = bytes.length
  const json = new JsonBytes(bytes)
  const nodes = new CpuNodes()
  const numbers: Record<'samples' | 'timeDeltas' | 'timestamps', number[]> = { samples: [], timeDeltas: [], timestamps: [] }
  let [startTime, endTime] = [0, Number.NaN]
  try {
    json.object((key) => {
      if (key === 'nodes') json.array(() => nodes.readNode(json))
      else if (key === 'head') nodes.readTree(json)
      else if (key === 'samples' || key === 'timeDeltas' || key === 'timestamps') json.array(() => numbers[key].push(json.number()))
      else if (key === 'startTime') startTime = json.number()
      else if (key === 'endTime') endTime = json.number()
      else json.skip()
    })
  } catch (thrown) {
    if (!(thrown instanceof JsonFault)) throw thrown
    report.notUnderstood++
    report.notes.push(`the text breaks off at byte ${thrown.at} (${thrown.message}): what came before was kept`)
  }
  if (nodes.count === 0) throw new PlainErrorException({ what: 'The V8 profile holds no functions.', where: fileName })
  const { samples, timeDeltas, timestamps } = numbers
  return { profile: cpuSamples(fileName, nodes, { samples, timeDeltas, timestamps, startTime, endTime }, report), report }
}
