import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import type { Page } from '@playwright/test'
import { root } from '../../build/setup/files.mjs'
import { quick } from './figure'

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
  await work()
  const { profile } = await session.send('Profiler.stop')
  await session.detach()
  named(profile)
  return profile
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

/** The longest stretch without a pause: how long it was, and the functions that it went into, most of their own time first. */
function longestStretch({ nodes, samples = [], timeDeltas = [] }: CpuProfile): { milliseconds: number; self: [name: string, milliseconds: number][] } {
  const nameOf = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName]))
  let best = { from: 0, to: 0, sum: 0 }
  let [from, sum] = [0, 0]
  samples.forEach((id, i) => {
    if (nameOf.get(id) === '(idle)') {
      sum = 0
      from = i + 1
      return
    }
    sum += timeDeltas[i + 1] ?? 0
    if (sum > best.sum) best = { from, to: i + 1, sum }
  })
  const self = new Map<string, number>()
  for (let i = best.from; i < best.to; i++) {
    const name = nameOf.get(samples[i]!)!
    self.set(name, (self.get(name) ?? 0) + (timeDeltas[i + 1] ?? 0) / 1000)
  }
  return { milliseconds: best.sum / 1000, self: [...self].sort((a, b) => b[1] - a[1]) }
}

/** That as a cell of a table, with so many functions. */
export function stretchText(profile: CpuProfile, functions: number): string {
  const { milliseconds, self } = longestStretch(profile)
  return `${milliseconds.toFixed(0)} ms: ${self.slice(0, functions).map(([of, ms]) => `${of} ${ms.toFixed(0)} ms`).join(', ')}`
}

/** Keeps it beside the tables, and answers a link from there; '' where only whether the bench runs is wanted. */
export function keepProfile(name: string, profile: CpuProfile): string {
  if (quick) return ''
  const folder = join(root, 'docs', 'bench', 'profiles')
  mkdirSync(folder, { recursive: true })
  const file = `${name.replace(/[^a-z0-9]+/gi, '-').toLowerCase()}.cpuprofile.gz`
  writeFileSync(join(folder, file), gzipSync(JSON.stringify(profile), { level: 9 }))
  return `[profile](profiles/${file})`
}
