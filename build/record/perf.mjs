// perf of one process, started beforehand and switched on and off by its control pipe: nothing but the transfer is in it.
import { createWriteStream } from 'node:fs'
import { SetupFault } from '../setup/plain.mjs'
import { tail } from '../setup/run.mjs'
import { kill, own } from './children.mjs'
import { within } from './machine.mjs'

/** Samples a second: a prime, so that it keeps no step with timers. */
const hertz = 997
/** As Worldswitch itself asks (engine/formats/perf-data); the test holds it to that. */
export const textOptions = '--ns --no-inline -F +pid,+misc,+period,+ip,+sym,+symoff,+dso'

export const recordArguments = (pid, file) => [
  'record', '-q', '-e', 'cpu-clock', '-F', String(hertz), '-g', '-p', String(pid), '-D', '-1', '--control', 'fd:3,4', '-o', file,
]
export const scriptArguments = (file) => ['script', ...textOptions.split(' '), '-i', file]

/** `perf record` of a process that waits to be switched on. */
export class PerfRecord {
  #output = ''
  #acknowledged = () => undefined
  #ended

  constructor(pid, file) {
    this.command = ['perf', ...recordArguments(pid, file)]
    this.child = own('perf', this.command.slice(1), { stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'] })
    for (const stream of [this.child.stdout, this.child.stderr]) stream.setEncoding('utf8').on('data', (chunk) => { this.#output += chunk })
    this.child.stdio[3].on('error', () => undefined)
    this.child.stdio[4].setEncoding('utf8').on('data', (chunk) => { if (chunk.includes('ack')) this.#acknowledged() })
    this.#ended = new Promise((resolve) => {
      this.child.on('error', resolve)
      this.child.on('close', resolve)
    })
  }

  async enable() {
    await this.#tell('enable')
  }

  /** Stops and waits for the file to be whole. */
  async finish() {
    await this.#tell('disable')
    this.child.kill('SIGINT')
    await within(60, 'perf\'s writing', this.#ended)
  }

  close() {
    kill(this.child)
  }

  #tell(word) {
    const failed = this.#ended.then(() => {
      const denied = /perf_event_paranoid|No permission|Permission/i.test(this.#output)
      throw new SetupFault(`perf record ended before the transfer did.\n${tail(this.#output)}`,
        denied ? 'Record as root, or lower kernel.perf_event_paranoid (sysctl).' : undefined)
    })
    const acknowledged = new Promise((resolve) => { this.#acknowledged = resolve })
    this.child.stdio[3].write(`${word}\n`)
    return within(30, `perf's answer to "${word}"`, Promise.race([acknowledged, failed]))
  }
}

/** The recording as text; the symbols are those of this machine. */
export async function writeScript(file, to) {
  const child = own('perf', scriptArguments(file), { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DEBUGINFOD_URLS: '' } })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (chunk) => { errors += chunk })
  const text = createWriteStream(to)
  child.stdout.pipe(text)
  try {
    const code = await within(300, 'perf script', new Promise((resolve, reject) => {
      child.on('error', reject)
      text.on('error', reject)
      text.on('finish', () => child.exitCode === null ? child.once('close', resolve) : resolve(child.exitCode))
    }))
    if (code !== 0) throw new SetupFault(`perf script failed (code ${code}).\n${tail(errors)}`)
  } finally {
    kill(child)
  }
}
