import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { RecoveryCopies } from '../../electron/recovery'
import { Random } from '../../engine/machine/random'
import { decodeSession } from '../../engine/session/archive'

export interface Killed {
  kills: number
  /** Kills that came between "begun" and "saved". */
  duringSaves: number
  saves: number
  /** What was found wrong, one sentence each. */
  losses: string[]
}

/** Kills the saving process (saver.ts) with SIGKILL at seeded moments, and looks at what is left after each. */
export async function killSavers(kills: number, seed: number): Promise<Killed> {
  // in memory where that is to be had: a kill leaves what was written to the kernel there as on a disk, and sync costs nothing
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'worldswitch-kill-'))
  try {
    const program = join(folder, 'saver.cjs')
    await build({
      entryPoints: [join(import.meta.dirname, 'saver.ts')], outfile: program, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error',
    })
    const place = { program, path: join(folder, 'a.wsprof'), recovery: join(folder, 'recovery') }
    const random = new Random(seed, 0)
    const found: Killed = { kills: 0, duringSaves: 0, saves: 0, losses: [] }
    let next = 1
    for (; found.kills < kills; found.kills++) {
      const said = await runAndKill(place, next, random.between(0, 1500) / 1000)
      if (said.begun > said.saved) found.duringSaves++
      found.saves += said.saved - next + 1
      found.losses.push(...await lossesAfter(place, said))
      next = said.begun + 1
    }
    return found
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Place { program: string; path: string; recovery: string }

/** The highest number of each kind that the process said. */
interface Said { begun: number; saved: number; kept: number }

/** Ends it after its second save has begun, when the first file is there, and after so many times what the first one took. */
function runAndKill({ program, path, recovery }: Place, start: number, rounds: number): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, path, recovery, String(start)], { stdio: ['ignore', 'pipe', 'inherit'] })
    const said: Said = { begun: start - 1, saved: start - 1, kept: start - 1 }
    let text = ''
    let firstAt: number | null = null
    let timer: ReturnType<typeof setTimeout> | null = null
    child.stdout.on('data', (chunk: Buffer) => {
      const parts = (text + chunk.toString()).split('\n')
      text = parts.pop() ?? ''
      for (const line of parts) {
        const [what, n] = line.split(' ') as [keyof Said, string]
        said[what] = Number(n)
      }
      const now = performance.now()
      firstAt ??= now
      if (said.begun > start) timer ??= setTimeout(() => child.kill('SIGKILL'), rounds * (now - firstAt))
    })
    child.on('error', reject)
    child.on('close', (_code, signal) => (signal === 'SIGKILL' ? resolve(said) : reject(new Error('the saving process ended by itself'))))
  })
}

async function lossesAfter({ path, recovery }: Place, said: Said): Promise<string[]> {
  const losses = problemOf('file', () => decodeSession(path, readFileSync(path)), said.saved, said.begun)
  const copies = await new RecoveryCopies(recovery).found()
  const [newest] = copies
  if (!newest) return [...losses, 'no recovery copy was found']
  const read = await new RecoveryCopies(recovery).read(newest.id)
  losses.push(...problemOf('copy', () => decodeSession('copy', read!.bytes), said.kept, said.begun))
  for (const name of readdirSync(recovery)) rmSync(join(recovery, name), { recursive: true })
  return losses
}

/** A session of a number between the last that was confirmed and the last that was begun, whole. */
function problemOf(what: string, open: () => ReturnType<typeof decodeSession>, confirmed: number, begun: number): string[] {
  try {
    const { session, warnings } = open()
    const n = Number(session.notes)
    if (warnings.length > 0 || session.runs.length !== 1) return [`the ${what} of save ${n} is not whole: ${warnings[0]?.what}`]
    return n >= confirmed && n <= begun ? [] : [`the ${what} is of save ${n}, and ${confirmed} was confirmed`]
  } catch (thrown) {
    return [`the ${what} cannot be read after save ${confirmed}: ${String(thrown)}`]
  }
}
