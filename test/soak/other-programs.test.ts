import { spawnSync } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureDebianPackages } from '../../build/setup/libraries.mjs'
import { has } from '../../build/setup/run.mjs'
import { simulate } from '../../engine/experiments/simulation'
import type { ExportId } from '../../engine/exports/kinds'
import { exportRun } from '../../engine/exports/writers'
import { importProfile } from '../../engine/formats/open-profile'
import { defaultScenario, scenarioName } from '../../engine/machine/scenario'
import { callTree, functionTable } from '../../engine/profile/tree'
import type { SessionRun } from '../../engine/session/document'
import { worldNames } from '../../engine/worlds'
import { figure } from './report'

const subject = 'Other programs'
const scenario = { ...defaultScenario, bytes: 2_000_000 }
const fixture = fileURLToPath(new URL('../fixtures/perf-sym-pcnet.txt.gz', import.meta.url))
const speedscope = fileURLToPath(new URL('../../node_modules/speedscope/dist/release', import.meta.url))

let folder = ''
let runs: Record<'a capture' | 'a simulated run', SessionRun>

beforeAll(async () => {
  const missing = [...(has('go') ? [] : ['golang-go']), ...(has('chromium') ? [] : ['chromium'])]
  if (missing.length > 0) await ensureDebianPackages(missing, 'Our exports are opened by the real programs.')
  folder = mkdtempSync(join(tmpdir(), 'worldswitch-exports-'))
  const { profile, format, report } = importProfile('perf-sym-pcnet.txt', new Uint8Array(readFileSync(fixture)))
  runs = {
    'a capture': { kind: 'imported', id: 'capture', name: 'capture', source: { fileName: 'perf-sym-pcnet.txt', format, report }, profile },
    'a simulated run': { kind: 'simulated', id: 'run', name: scenarioName(scenario), ...simulate(scenario) },
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A run in a format, as a file. */
function written(run: SessionRun, id: ExportId): string {
  const work = exportRun(run, id)
  let step = work.next()
  while (!step.done) step = work.next()
  const path = join(folder, `${run.id}.${id}`)
  writeFileSync(path, step.value.bytes)
  return path
}

const total = ({ profile }: SessionRun, weight: number, thread?: number) =>
  profile.samples.weights[weight]!.reduce((sum, value, row) => sum + (thread === undefined || profile.samples.thread?.[row] === thread ? value : 0), 0)

/** Own weight of each function by its name. */
function selfByName({ profile }: SessionRun, weight: number): Map<string, number> {
  const tree = callTree(profile, { weight, scope: 'total' })
  const table = functionTable(tree)
  const found = new Map<string, number>()
  table.frame.forEach((frame, i) => {
    const name = tree.frames.name[frame]!
    if (table.self[i]! > 0) found.set(name, (found.get(name) ?? 0) + table.self[i]!)
  })
  return found
}

function goTop(path: string, sampleType: string): { total: number; self: Map<string, number> } {
  const { stdout, stderr, status } = spawnSync('go', ['tool', 'pprof', '-top', '-nodecount=100000', '-nodefraction=0', '-unit=ns', `-sample_index=${sampleType}`, path], {
    encoding: 'utf8', maxBuffer: 64 << 20, env: { ...process.env, HOME: folder, GOTOOLCHAIN: 'local' },
  })
  expect(status, stderr).toBe(0)
  const number = (text: string) => Number(text.replace(/[a-z]+$/i, ''))
  const self = new Map<string, number>()
  for (const [, flat, name] of stdout.matchAll(/^\s*([\d.]+\w*)\s+[\d.]+%\s+[\d.]+%\s+[\d.]+\w*\s+[\d.]+%\s+(.*)$/gm)) {
    if (number(flat!) > 0) self.set(name!, (self.get(name!) ?? 0) + number(flat!))
  }
  return { total: number(/([\d.]+\w*) total$/m.exec(stdout)?.[1] ?? ''), self }
}

describe.each(['a capture', 'a simulated run'] as const)('go tool pprof opens %s', (which) => {
  it('with our totals, ours of each function, and every sample', () => {
    const run = runs[which]
    const path = written(run, 'pprof')
    const types = run.profile.weightTypes
    types.forEach(({ name }, weight) => {
      const { total: found, self } = goTop(path, name)
      figure(subject, `go tool pprof, ${which}: total of ${name}`, String(found), String(total(run, weight)))
      expect(found).toBe(total(run, weight))
      expect([...self.values()].reduce((sum, value) => sum + value, 0)).toBe([...selfByName(run, weight).values()].reduce((sum, value) => sum + value, 0))
      const ours = selfByName(run, weight)
      for (const [function_, value] of self) if (ours.has(function_)) expect([function_, value]).toEqual([function_, ours.get(function_)])
    })
    const raw = spawnSync('go', ['tool', 'pprof', '-raw', path], { encoding: 'utf8', maxBuffer: 256 << 20, env: { ...process.env, HOME: folder, GOTOOLCHAIN: 'local' } })
    const samples = /^Samples:\n.*\n([\s\S]*?)^Locations$/m.exec(raw.stdout)?.[1] ?? ''
    const rows = samples.match(/^\s*[\d\s]+: /gm)?.length ?? 0
    figure(subject, `go tool pprof -raw, ${which}: records`, String(rows), String(run.profile.samples.stack.length))
    expect(rows).toBe(run.profile.samples.stack.length)
  })
})

describe('speedscope in Chromium', () => {
  let browser: Browser
  let server: Server
  let served = ''

  beforeAll(async () => {
    const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' }
    server = createServer((request, response) => {
      const name = new URL(request.url ?? '/', 'http://x').pathname
      const path = name === '/profile' ? served : join(speedscope, name === '/' ? 'index.html' : name)
      try {
        const bytes = readFileSync(path)
        response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(bytes)
      } catch {
        response.writeHead(404).end()
      }
    })
    await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening) })
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
  })

  /** The list of profiles that speedscope shows, with their totals, and what it complained of. */
  async function opened(path: string): Promise<{ totals: string[]; complaints: string[] }> {
    served = path
    const page = await browser.newPage({ viewport: { width: 1400, height: 4000 } })
    const complaints: string[] = []
    page.on('console', (message) => { if (/tried|error|fail/i.test(message.text())) complaints.push(message.text()) })
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/#profileURL=${encodeURIComponent('/profile')}`)
    await page.getByText('Sandwich').waitFor()
    await page.keyboard.press('3')
    const read = () => page.evaluate(() => [...document.querySelectorAll('tr')].map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? ''))
      .filter((cells) => cells.length === 3 && /^\d+$/.test(cells[0]!)).map((cells) => cells[2]!))
    await expect.poll(async () => (await read()).length, { timeout: 20_000 }).toBeGreaterThan(0)
    const totals = await read()
    await page.close()
    return { totals, complaints }
  }

  /** Nanoseconds of '1.5s', '12.3ms', '899.87µs', '1:05'; a plain count as it is. */
  const numberOf = (text: string): number => {
    const [, value, unit] = /^([\d.,]+)\s*(ns|µs|ms|s)?$/.exec(text) ?? []
    return Number((value ?? 'NaN').replaceAll(',', '')) * ({ ns: 1, µs: 1e3, ms: 1e6, s: 1e9 }[unit ?? ''] ?? 1)
  }

  it.each(['a capture', 'a simulated run'] as const)('opens %s with our totals of every thread and weight', async (which) => {
    const run = runs[which]
    const { totals, complaints } = await opened(written(run, 'speedscope'))
    expect(complaints).toEqual([])
    const { threads, weightTypes } = run.profile
    const expected = weightTypes.flatMap(({ name }, weight) => (threads.length === 0 ? [undefined] : threads.map((_, id) => id))
      .map((thread) => ({ words: `${name}${thread === undefined ? '' : `, ${threads[thread]}`}`, value: total(run, weight, thread) })))
    expect(totals).toHaveLength(expected.length)
    expected.forEach(({ words, value }, i) => {
      figure(subject, `speedscope, ${which}: ${words}`, totals[i]!, String(value))
      // it shows two decimals of times
      expect(Math.abs(numberOf(totals[i]!) - value)).toBeLessThanOrEqual(weightTypes[Math.floor(i / Math.max(1, threads.length))]!.unit === 'nanoseconds' ? 0.005 * value : 0)
    })
  })

  it('opens the trace of a simulated run with the time of each world, and finds every span closed', async () => {
    const run = runs['a simulated run']
    if (run.kind !== 'simulated') throw new Error('not simulated')
    const { totals, complaints } = await opened(written(run, 'chrome-trace'))
    expect(complaints).toEqual([])
    const { samples, stacks } = run.profile
    const perWorld = worldNames.map((_, world) => samples.stack.reduce((sum, stack, row) => sum + (stacks.world[stack] === world ? samples.weights[1]![row]! : 0), 0))
    const { simulatedSeconds, books } = run.report
    perWorld.slice(0, -1).filter((cycles) => cycles > 0).forEach((cycles, i) => {
      const nanoseconds = (cycles / books.cycles) * simulatedSeconds * 1e9
      figure(subject, `speedscope, trace of a simulated run: ${worldNames[perWorld.indexOf(cycles)]!}`, totals[i]!, `${(nanoseconds / 1e6).toFixed(2)} ms`)
      expect(Math.abs(numberOf(totals[i]!) - nanoseconds)).toBeLessThan(0.01 * nanoseconds)
    })
  })
})
