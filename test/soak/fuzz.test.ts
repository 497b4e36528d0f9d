import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { figure } from './report'

const cases = Number(process.env['WORLDSWITCH_FUZZ_CASES'] ?? 20_000)
const batch = 1000
/** CPU seconds that a case may take, and what a silent process is given by the clock before it is ended. */
const [hangSeconds, silenceSeconds] = [2, 60]
/** Resident megabytes of the process, with the corpus and the program in it. */
const memoryLimit = 1024

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'worldswitch-fuzz-'))
  buildSync({
    entryPoints: ['test/fuzz/child.ts'], bundle: true, platform: 'node', format: 'esm', outfile: join(folder, 'test/fuzz/child.mjs'), logLevel: 'error',
    define: { 'import.meta.url': JSON.stringify(new URL('../fuzz/corpus.ts', import.meta.url).href) },
    banner: { js: 'import { createRequire } from \'node:module\'; const require = createRequire(process.cwd() + "/x.js");' },
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Told {
  begins?: string
  name: string
  outcome: string
  seconds: number
  megabytes: number
}

interface Sums {
  read: number
  refused: number
  faults: string[]
  slowest: number
  megabytes: number
}

/** One process over some cases; it is ended when it says nothing for too long. */
function work(from: number, to: number, sums: Sums): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--max-old-space-size=700', join(folder, 'test/fuzz/child.mjs'), String(from), String(to)], { stdio: ['ignore', 'pipe', 'inherit'] })
    let current = `before case ${from}`
    let silence = setTimeout(() => undefined, 0)
    const listen = () => {
      clearTimeout(silence)
      silence = setTimeout(() => child.kill('SIGKILL'), silenceSeconds * 1000)
    }
    listen()
    createInterface(child.stdout).on('line', (line) => {
      listen()
      const told = JSON.parse(line) as Told
      if (told.begins !== undefined) current = told.begins
      else take(told, sums)
    })
    child.on('close', (code) => {
      clearTimeout(silence)
      if (code !== 0) sums.faults.push(`${current}: the process ended (${code ?? 'killed'})`)
      resolve()
    })
  })
}

function take({ name, outcome, seconds, megabytes }: Told, sums: Sums): void {
  if (outcome === 'read' || outcome === 'refused') sums[outcome]++
  else sums.faults.push(`${name}: ${outcome}`)
  if (seconds > hangSeconds) sums.faults.push(`${name}: ${seconds.toFixed(1)} s`)
  sums.slowest = Math.max(sums.slowest, seconds)
  sums.megabytes = Math.max(sums.megabytes, megabytes)
}

it(`${cases} damaged files are read or refused, none crashes, hangs or takes all memory`, async () => {
  const sums: Sums = { read: 0, refused: 0, faults: [], slowest: 0, megabytes: 0 }
  for (let from = 0; from < cases; from += batch) await work(from, Math.min(cases, from + batch), sums)
  const subject = 'Damaged files, through every reader and the session loader'
  figure(subject, 'cases', `${cases}: ${sums.read} read, ${sums.refused} refused in plain words`, '20,000')
  figure(subject, 'crashes, hangs over 2 s of CPU time, other faults', String(sums.faults.length), '0')
  figure(subject, 'slowest case', `${sums.slowest.toFixed(2)} s`, '2 s')
  figure(subject, 'largest process', `${sums.megabytes.toFixed(0)} MB`, `${memoryLimit} MB`)
  expect(sums.faults).toEqual([])
  expect(sums.read + sums.refused).toBe(cases)
  expect(sums.megabytes).toBeLessThan(memoryLimit)
})
