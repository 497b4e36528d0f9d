import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const cache = join(process.cwd(), '.cache', 'bench')
const here = join(process.cwd(), 'test', 'bench', 'engine')

/** What ran and how fast: the last instant, which has to be the same everywhere, and events a CPU second. */
export interface PeerRun {
  last: number
  eventsASecond: number
}

export interface Peer {
  name: string
  /** Few enough to end in a second or so. */
  packets: number
  run(packets: number): { last: number; cpuSeconds: number }
}

function lastAndSeconds(command: string, args: readonly string[]): { last: number; cpuSeconds: number } {
  const [last, seconds] = execFileSync(command, args, { encoding: 'utf8' }).trim().split(/\s+/).map(Number)
  return { last: last!, cpuSeconds: seconds! }
}

/** Simulators that others use, as far as they can be had here; what cannot is said. */
export function peers(): { found: Peer[]; missing: string[] } {
  const found: Peer[] = []
  const missing: string[] = []
  mkdirSync(cache, { recursive: true })
  if (spawnSync('/usr/bin/python3', ['-c', 'import simpy; assert simpy.__version__.startswith("3")']).status === 0) {
    found.push({ name: 'SimPy 3', packets: 30_000, run: (packets) => lastAndSeconds('/usr/bin/python3', [join(here, 'pipeline_simpy.py'), String(packets)]) })
  } else missing.push('SimPy 3 (Debian: python3-simpy3)')
  const simjs = simjsFolder()
  if (simjs) found.push({ name: 'SIM.JS 2.0.3', packets: 300_000, run: (packets) => lastAndSeconds(process.execPath, [join(here, 'pipeline-simjs.mjs'), simjs, String(packets)]) })
  else missing.push('SIM.JS (npm: simjs 2.0.3)')
  const limit = join(cache, 'pipeline')
  if (spawnSync('cc', ['-O2', '-o', limit, join(here, 'pipeline.c')]).status === 0) {
    found.push({ name: 'C, the limit', packets: 5_000_000, run: (packets) => lastAndSeconds(limit, [String(packets)]) })
  } else missing.push('a C compiler')
  return { found, missing }
}

/** Into a folder of its own: the product does not depend on a program that it is compared with. */
function simjsFolder(): string | null {
  const folder = join(cache, 'peers')
  const installed = join(folder, 'node_modules', 'simjs')
  if (!existsSync(installed)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "name": "peers", "private": true }\n')
    spawnSync('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', 'simjs@2.0.3'], { stdio: 'ignore' })
  }
  return existsSync(installed) ? installed : null
}
