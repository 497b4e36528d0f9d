import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import type { Page } from '@playwright/test'
import { root } from '../../build/setup/files.mjs'

/** V8's own format, as DevTools saves it: the app opens it like any other profile. */
export interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number }; children?: number[] }[]
  startTime: number
  endTime: number
  samples?: number[]
  timeDeltas?: number[]
}

/** What the page's main thread does meanwhile, looked at every 0.5 ms, under the names that the sources have. */
export async function profiled(page: Page, work: () => Promise<unknown>): Promise<CpuProfile> {
  const session = await page.context().newCDPSession(page)
  await session.send('Profiler.enable')
  await session.send('Profiler.setSamplingInterval', { interval: 500 })
  await session.send('Profiler.start')
  try {
    await work()
  } finally {
    const { profile } = await session.send('Profiler.stop')
    await session.detach()
    named(profile)
    return profile
  }
}

const maps = new Map<string, TraceMap | null>()

function mapOf(url: string): TraceMap | null {
  const name = basename(url)
  let map = maps.get(name)
  if (map === undefined) {
    const path = join(root, 'out', 'renderer', 'assets', `${name}.map`)
    maps.set(name, map = existsSync(path) ? new TraceMap(readFileSync(path, 'utf8')) : null)
  }
  return map
}

/** The page's scripts are made small: their functions get back the place that they come from. */
function named({ nodes }: CpuProfile): void {
  for (const { callFrame } of nodes) {
    const map = callFrame.url && mapOf(callFrame.url)
    if (!map) continue
    const { source, line, name } = originalPositionFor(map, { line: callFrame.lineNumber + 1, column: callFrame.columnNumber })
    if (source === null) continue
    const file = source.replace(/^(\.\.\/)+/, '')
    Object.assign(callFrame, { functionName: `${name ?? (callFrame.functionName || '(anonymous)')} ${basename(file)}:${line}`, url: file, lineNumber: line - 1 })
  }
}

/** Where the longest stretch without a pause went: functions by their own time in milliseconds, and how long it was. */
export function longestStretch({ nodes, samples = [], timeDeltas = [] }: CpuProfile): { milliseconds: number; self: [string, number][]; total: [string, number][] } {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parent = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)))
  const idle = (id: number) => byId.get(id)!.callFrame.functionName === '(idle)'
  let best = { from: 0, to: 0, sum: 0 }
  let [from, sum] = [0, 0]
  samples.forEach((id, i) => {
    if (idle(id)) {
      sum = 0
      from = i + 1
      return
    }
    sum += timeDeltas[i + 1] ?? 0
    if (sum > best.sum) best = { from, to: i + 1, sum }
  })
  const [self, total] = [new Map<string, number>(), new Map<string, number>()]
  const add = (to: Map<string, number>, name: string, ms: number) => to.set(name, (to.get(name) ?? 0) + ms)
  for (let i = best.from; i < best.to; i++) {
    const ms = (timeDeltas[i + 1] ?? 0) / 1000
    const id = samples[i]!
    add(self, byId.get(id)!.callFrame.functionName, ms)
    const seen = new Set<string>()
    for (let at: number | undefined = id; at !== undefined; at = parent.get(at)) {
      const { functionName } = byId.get(at)!.callFrame
      if (!seen.has(functionName)) add(total, functionName, ms)
      seen.add(functionName)
    }
  }
  const sorted = (of: Map<string, number>) => [...of].sort((a, b) => b[1] - a[1])
  return { milliseconds: best.sum / 1000, self: sorted(self), total: sorted(total) }
}
