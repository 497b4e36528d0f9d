import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { runProgram } from '../../engine/cli/run-program'
import { Terminal } from '../../engine/cli/terminal'

const script = fileURLToPath(new URL('../../build/cli.mjs', import.meta.url))
export const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url))

export interface Ended {
  status: number | null
  stdout: string
  stderr: string
}

/** A terminal that keeps what it is told. */
export class RecordingTerminal extends Terminal {
  stdout = ''
  stderr = ''
  constructor(private readonly onProgress: () => void = () => undefined) {
    super()
  }

  override write(content: string | Uint8Array): void {
    this.stdout += typeof content === 'string' ? content : new TextDecoder().decode(content)
  }

  override note(text: string): void {
    this.stderr += `${text}\n`
  }

  override progress(): void {
    this.onProgress()
  }
}

/** The command line within this process; names of files are shown as if it ran in `folder`. */
export async function commandIn(folder: string, argumentsGiven: readonly string[], terminal = new RecordingTerminal()): Promise<Ended> {
  const status = await runProgram(argumentsGiven, terminal)
  const shown = (text: string) => text.replaceAll(`${folder}/`, '').replaceAll(folder, '.').replaceAll(fixture(''), '')
  return { status, stdout: shown(terminal.stdout), stderr: shown(terminal.stderr) }
}

/** The command line as a shell in `folder` has it, where `worldswitch` is the program. */
export function shellIn(folder: string, line: string): Ended {
  const worldswitch = `worldswitch() { '${process.execPath}' '${script}' "$@"; }`
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `${worldswitch}; ${line}`], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  return { status, stdout, stderr }
}

/** The first start may build the command line, and says so on stderr. */
export function buildCommandLine(): void {
  expect(spawnSync(process.execPath, [script, '--version']).status).toBe(0)
}
