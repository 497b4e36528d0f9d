import { spawn, spawnSync } from 'node:child_process'

/** Runs a program to its end and collects what it printed; never throws for an exit code. */
export const run = (command, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let output = ''
    let stdout = ''
    child.stdout?.on('data', (chunk) => {
      stdout += chunk
      output += chunk
      options.onOutput?.(String(chunk))
    })
    child.stderr?.on('data', (chunk) => {
      output += chunk
      options.onOutput?.(String(chunk))
    })
    child.on('error', (error) => resolve({ code: 127, signal: null, stdout, output: `${output}${error.message}\n` }))
    child.on('close', (code, signal) => resolve({ code: code ?? 1, signal, stdout, output }))
  })

export const has = (program) => spawnSync('sh', ['-c', `command -v "$1"`, 'sh', program], { stdio: 'ignore' }).status === 0

export const isRoot = () => process.getuid?.() === 0

/** The last lines that a failed program printed: enough to see why, not a wall of text. */
export const tail = (text, lines = 12) => text.trimEnd().split('\n').slice(-lines).join('\n')
