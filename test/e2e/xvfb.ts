import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

export interface VirtualDisplay {
  name: string
  stop(): void
}

/** A screen larger than the 1280x800 window, so that nothing is cropped. Xvfb itself picks a free number. */
export const startXvfb = (): Promise<VirtualDisplay> =>
  new Promise((resolve, reject) => {
    const args = ['-displayfd', '3', '-screen', '0', '1600x1100x24', '-nolisten', 'tcp']
    const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    const stop = () => {
      child.kill()
    }
    child.once('error', (error) => {
      reject(new Error(`Xvfb could not be started (${error.message}). npm test installs it or names the line to run.`))
    })
    child.once('exit', (code) => {
      reject(new Error(`Xvfb ended at once (exit ${String(code)})`))
    })
    const numberPipe = child.stdio[3] as Readable
    numberPipe.once('data', (bytes: Buffer) => {
      resolve({ name: `:${bytes.toString().trim()}`, stop })
    })
  })
