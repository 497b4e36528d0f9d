// One boot of the guest under QEMU, spoken to by its serial line and by QMP.
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { SetupFault } from '../setup/plain.mjs'
import { tail } from '../setup/run.mjs'
import { kill, own } from './children.mjs'

/** Settles as `promise` does, or throws after so many seconds. */
export const within = (seconds, what, promise) => {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new SetupFault(`${what} took longer than ${seconds} s.`, 'Give it more with --seconds.')), seconds * 1000)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** Takes what one guest sends, counts it and forgets it. On the loopback only; QEMU's 10.0.2.2 leads here. */
export function openSink() {
  const sink = { port: 0, bytes: 0, close: () => server.close() }
  const server = createServer((socket) => {
    socket.on('data', (chunk) => { sink.bytes += chunk.length })
    socket.on('error', () => socket.destroy())
  })
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(Object.assign(sink, { port: server.address().port })))
  })
}

function qemuArguments({ guest, model, accel, log, control, send, port }) {
  return [
    '-nodefaults', '-no-user-config', '-name', 'guest,debug-threads=on', '-M', 'pc', '-accel', accel, '-m', '256', '-display', 'none', '-serial', 'stdio', '-no-reboot',
    '-kernel', guest.kernel, '-initrd', guest.initramfs,
    '-append', `console=ttyS0 quiet panic=-1 net.ifnames=0 send=${send} port=${port}`,
    // without its boot program: nothing is booted from the network
    '-netdev', 'user,id=net', '-device', `${model},netdev=net,romfile=`,
    '-qmp', `unix:${control},server=on,wait=off`, '-msg', 'timestamp=on', '-D', log,
  ]
}

/** A guest that has been started; `close()` ends it whatever it does. */
export class Machine {
  /** `${when} ${name}` -> value, as the guest printed it */
  counters = new Map()
  #heard = []
  #waiting = null
  #ended = null
  #output = ''

  constructor(what, work) {
    this.control = join(work, 'qmp')
    this.command = ['qemu-system-x86_64', ...qemuArguments({ ...what, control: this.control })]
    this.child = own(this.command[0], this.command.slice(1), { stdio: ['pipe', 'pipe', 'pipe'] })
    let rest = ''
    const hear = (chunk) => {
      this.#output = (this.#output + chunk).slice(-20_000)
      const lines = (rest + chunk).split(/\r?\n/)
      rest = lines.pop()
      for (const line of lines) this.#line(line)
    }
    this.child.stdout.setEncoding('utf8').on('data', hear)
    this.child.stderr.setEncoding('utf8').on('data', (chunk) => { this.#output += chunk })
    // a guest that has gone takes no more lines; its end is told below
    this.child.stdin.on('error', () => undefined)
    this.child.on('error', (error) => this.#end(error.message))
    this.child.on('close', (code, signal) => this.#end(`QEMU ended (${signal ?? `code ${code}`})`))
  }

  /** Until the guest has said this word on a line of its own. Throws when it fails or ends before. */
  async hear(word, seconds) {
    await within(seconds, `The guest's "${word}"`, new Promise((resolve, reject) => {
      this.#waiting = { word, resolve, reject }
      this.#settle()
    }))
  }

  go() {
    this.child.stdin.write('go\n')
  }

  /** Switches trace events by name or pattern, while the guest runs. */
  async trace(events, enable) {
    const commands = events.map((name) => ({ execute: 'trace-event-set-state', arguments: { name, enable } }))
    await within(10, 'QEMU\'s answer', qmp(this.control, commands))
  }

  /** Ends QEMU, the polite way when the guest waits for its last word. */
  async close(politely = false) {
    if (this.#ended === null && politely) {
      this.go()
      await within(20, 'The guest\'s power-off', new Promise((resolve) => this.child.once('close', resolve))).catch(() => undefined)
    }
    kill(this.child)
  }

  #line(line) {
    // the kernel may write into the middle of a line
    const said = /guest: (.*)$/.exec(line)?.[1]
    if (said === undefined) return
    const [, when, name, value] = /^counter (\S+) (\S+) (\d+)$/.exec(said) ?? []
    if (when) this.counters.set(`${when} ${name}`, Number(value))
    else this.#heard.push(said)
    this.#settle()
  }

  #settle() {
    const { word, resolve, reject } = this.#waiting ?? {}
    if (!word) return
    const failed = this.#heard.find((said) => said.startsWith('failed: '))
    if (this.#heard.includes(word)) resolve()
    else if (failed) reject(new SetupFault(`In the guest: ${failed.slice('failed: '.length)}`))
    else if (this.#ended) reject(new SetupFault(`${this.#ended} before the guest said "${word}".\n${tail(this.#output)}`))
  }

  #end(why) {
    this.#ended ??= why
    this.#settle()
  }
}

/** Commands of QEMU's machine protocol on a connection of their own, one after the other. Throws what QEMU refuses. */
function qmp(path, commands) {
  return new Promise((resolve, reject) => {
    const todo = [{ execute: 'qmp_capabilities' }, ...commands]
    const socket = connect(path)
    const next = () => {
      const command = todo.shift()
      if (command) socket.write(`${JSON.stringify(command)}\n`)
      else socket.end(resolve)
    }
    let rest = ''
    socket.setEncoding('utf8').on('data', (chunk) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop()
      for (const message of lines.filter((line) => line.trim()).map((line) => JSON.parse(line))) {
        if (message.error) {
          socket.destroy()
          reject(new SetupFault(`QEMU refused: ${message.error.desc}`))
        } else if (message.QMP || message.return !== undefined) next()
      }
    })
    socket.on('error', reject)
  })
}
