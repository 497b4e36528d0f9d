import { spawn, type ChildProcess } from 'node:child_process'
import { constants, createWriteStream, rmSync } from 'node:fs'
import { access, mkdtemp, stat } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { PlainErrorException } from '../../plain-error'
import { perfArguments, perfCommand, withoutRefused, type PerfCommand } from './command'
import { perfFailure, untouched } from './words'

/** How long perf may take, and how much text it may write. */
export interface PerfBounds {
  milliseconds: number
  bytes: number
}

/** perf reads some 50,000 samples a second here; text above this is larger than what is read at once. */
const ordinaryBounds: PerfBounds = { milliseconds: 10 * 60_000, bytes: 1 << 30 }

const stderrKept = 64 * 1024

/** perf as PATH leads to it, or null. Only absolute folders of PATH count: what lies in the current one is nobody's perf. */
export async function findPerf(path = process.env['PATH'] ?? ''): Promise<string | null> {
  for (const folder of path.split(delimiter).filter(isAbsolute)) {
    const candidate = join(folder, 'perf')
    const found = await stat(candidate).catch(() => null)
    if (found?.isFile() && await mayRun(candidate)) return candidate
  }
  return null
}

const mayRun = (path: string) => access(path, constants.X_OK).then(() => true, () => false)

/** Whether perf asks for -f: it reads files of its own user and of root only. */
export async function belongsToAnother(file: string): Promise<boolean> {
  const own = process.geteuid?.()
  const { uid } = await stat(file)
  return own !== undefined && uid !== 0 && uid !== own
}

/** `perf script` of the file as it would be started here. Null: there is no perf, and the command is for elsewhere. */
export async function localCommand(file: string): Promise<PerfCommand | null> {
  const perf = await findPerf()
  return perf === null ? null : perfCommand(perf, resolve(file))
}

/** A recording as text: a temporary file of this user's alone, until `remove`. */
export interface PerfText {
  path: string
  remove(): void
}

/**
 * Runs it, without a shell and without our environment, and again without what it refuses, as long as that is one of
 * our own words. Throws a PlainErrorException, also when it takes too long or writes too much; the signal's reason when
 * aborted. Nothing is left then.
 */
export async function perfText(command: PerfCommand, signal?: AbortSignal, bounds = ordinaryBounds): Promise<PerfText> {
  const folder = await mkdtemp(join(tmpdir(), 'worldswitch-perf-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const path = join(folder, 'perf-script.txt')
  const late = AbortSignal.timeout(bounds.milliseconds)
  try {
    for (let asked: PerfCommand | null = command; ;) {
      const { code, stderr } = await runOnce(asked, path, AbortSignal.any(signal ? [signal, late] : [late]), bounds)
      if (code === 0) return { path, remove }
      const fewer = withoutRefused(asked, stderr)
      if (fewer === null) throw new PlainErrorException(perfFailure(asked, code, stderr))
      asked = fewer
    }
  } catch (thrown) {
    remove()
    if (signal?.aborted) throw signal.reason
    if (late.aborted) throw new PlainErrorException(tooLong(command, bounds))
    throw thrown
  }
}

function tooLong({ file }: PerfCommand, { milliseconds }: PerfBounds) {
  return {
    what: `perf script was ended: it took longer than ${milliseconds / 1000} s.`, where: file, kept: untouched,
    todo: 'Run it in a terminal and open its text, or record for a shorter time.',
  }
}

function tooMuch({ file }: PerfCommand, { bytes }: PerfBounds) {
  return new PlainErrorException({
    what: `perf script was ended: its text is longer than ${Math.round(bytes / 2 ** 20)} MB.`, where: file, kept: untouched,
    todo: 'Record for a shorter time or with fewer samples a second (-F 99).',
  })
}

interface Ended {
  /** Null: ended by a signal. */
  code: number | null
  stderr: string
}

async function runOnce(command: PerfCommand, path: string, signal: AbortSignal, bounds: PerfBounds): Promise<Ended> {
  signal.throwIfAborted()
  // HOME leads perf to its cache of symbols. No debuginfod: nothing is asked of a network.
  const env = { PATH: process.env['PATH'] ?? '', HOME: homedir(), LC_ALL: 'C', DEBUGINFOD_URLS: '' }
  // a group of its own, so that whatever perf may start ends with it
  const child = spawn(command.perf, perfArguments(command), { stdio: ['ignore', 'pipe', 'pipe'], env, detached: true })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr = (stderr + text).slice(-stderrKept) })
  const ended = new Promise<number | null>((settle, fail) => {
    child.on('error', (error) => fail(new PlainErrorException(perfFailure(command, null, error.message))))
    child.on('close', settle)
  })
  try {
    const [code] = await Promise.all([ended, pipeline(child.stdout, atMost(command, bounds), createWriteStream(path, { mode: 0o600 }), { signal })])
    return { code, stderr }
  } finally {
    endGroup(child)
  }
}

function atMost(command: PerfCommand, bounds: PerfBounds): Transform {
  let seen = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length
      if (seen > bounds.bytes) done(tooMuch(command, bounds))
      else done(null, chunk)
    },
  })
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (thrown) {
    // it ended by itself in this very moment
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown
  }
}
