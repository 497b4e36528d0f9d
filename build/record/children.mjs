// Programs that must not outlive the recording, however it ends.
import { spawn } from 'node:child_process'

const running = new Set()

/** As spawn(); the program, with what it starts itself, is killed when this process ends before it does. */
export function own(command, args, options) {
  const child = spawn(command, args, { ...options, detached: true })
  running.add(child)
  child.on('close', () => running.delete(child))
  return child
}

/** Runs one to its end; never throws. `code` is null when it was killed, also by options.timeout. */
export const outputOf = (command, args, options) =>
  new Promise((resolve) => {
    const child = own(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    const output = { code: null, stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr']) child[stream].setEncoding('utf8').on('data', (chunk) => { output[stream] += chunk })
    child.on('error', (error) => { output.stderr += error.message })
    child.on('close', (code) => resolve({ ...output, code }))
  })

export const kill = (child) => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  // detached: it leads a group of its own
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

process.on('exit', () => running.forEach(kill))
