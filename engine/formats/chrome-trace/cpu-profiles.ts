import type { JsonBytes } from '../json-bytes'
import type { LoadReport } from '../load-report'
import type { Rows } from '../rows'
import { CpuNodes } from '../cpuprofile/nodes'
import { eachSample, stacksOf } from '../cpuprofile/samples'
import type { TraceContent } from './events'

interface Chunks {
  nodes: CpuNodes
  samples: number[]
  timeDeltas: number[]
  startTime: number
}

/** V8's CPU profiles inside a trace: `Profile` says when it began, each `ProfileChunk` brings nodes and samples. */
export function* addCpuProfiles(json: JsonBytes, rows: Rows, content: TraceContent, report: LoadReport): Generator<void, void, void> {
  for (const [key, places] of content.chunks) {
    const chunks: Chunks = { nodes: new CpuNodes(), samples: [], timeDeltas: [], startTime: 0 }
    for (const place of places) {
      json.at = place
      readData(json, chunks)
      if (json.isStep()) yield
    }
    if (chunks.samples.length === 0) continue
    const pid = Number(key.slice(0, key.indexOf(' ')))
    const thread = rows.thread(`${content.processNames.get(pid) ?? `process ${pid}`} / CPU profile`)
    const times = { ...chunks, timestamps: [], endTime: Number.NaN }
    yield* eachSample(chunks.nodes, times, yield* stacksOf(chunks.nodes, rows, report), report,
      (stack, microseconds, nanoseconds) => rows.add(stack, [nanoseconds], thread, microseconds / 1e6))
    report.notes.push(`a CPU profile of ${chunks.samples.length} samples is inside: it is a thread of its own, and a sample's time is what passed until the next`)
  }
}

/** `args` of either event; members that are not of a profile are read over. */
function readData(json: JsonBytes, chunks: Chunks): void {
  if (json.kind() !== 'object') return
  json.object((key) => {
    if (key !== 'data' || json.kind() !== 'object') return json.skip()
    json.object((member) => {
      if (member === 'startTime') chunks.startTime = json.number()
      else if (member === 'timeDeltas') json.array(() => chunks.timeDeltas.push(json.number()))
      else if (member === 'cpuProfile' && json.kind() === 'object') readProfile(json, chunks)
      else json.skip()
    })
  })
}

function readProfile(json: JsonBytes, chunks: Chunks): void {
  json.object((key) => {
    if (key === 'nodes') json.array(() => chunks.nodes.readNode(json))
    else if (key === 'samples') json.array(() => chunks.samples.push(json.number()))
    else json.skip()
  })
}
