import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const cache = join(process.cwd(), '.cache', 'bench')
const here = join(process.cwd(), 'test', 'bench', 'readers')

export type Format = 'perf' | 'folded' | 'pprof'

/** What every reader prints of a file. Rows and total have to be the same everywhere. */
export interface ReadFile {
  rows: number
  total: number
  cpuSeconds: number
  peakMB: number
}

export interface Reader {
  name: string
  /** Where it is another thing for one format. */
  names?: Partial<Record<Format, string>>
  /** Whose figures are a row with a bound. */
  own?: 'reader' | 'import'
  reads: readonly Format[]
  read(format: Format, file: string): ReadFile
}

const all: readonly Format[] = ['perf', 'folded', 'pprof']

function answer(command: string, args: readonly string[]): ReadFile {
  return JSON.parse(execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 20 })) as ReadFile
}

/** Ours, and what they are compared with, as far as it can be had here; what cannot is said. */
export function readers(): { found: Reader[]; missing: string[] } {
  mkdirSync(cache, { recursive: true })
  const found: Reader[] = [ours('reader'), ours('import'), naive]
  const missing: string[] = []
  const go = goDecoder()
  if (go) found.push({ name: "Go's own decoder", reads: ['pprof'], read: (_, file) => answer(go, [file]) })
  else missing.push("Go's own decoder of pprof (Debian: golang-go)")
  const limit = join(cache, 'readers-limit')
  if (spawnSync('cc', ['-O2', '-o', limit, join(here, 'limit.c')]).status === 0) {
    found.push({ name: 'C, the limit', reads: all, read: (format, file) => answer(limit, [format, file]) })
  } else missing.push('a C compiler')
  return { found, missing }
}

/** A process of its own for each file: its largest memory is then that file's. */
function ours(part: 'reader' | 'import'): Reader {
  const out = join(cache, 'readers-ours.mjs')
  if (part === 'reader') {
    const built = spawnSync(join(process.cwd(), 'node_modules', '.bin', 'esbuild'), [
      join(here, 'ours.ts'), '--bundle', '--platform=node', '--format=esm', '--log-level=error', `--outfile=${out}`,
      "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    ], { stdio: 'inherit' })
    if (built.status !== 0) throw new Error('the readers could not be bundled')
  }
  const name = part === 'reader' ? 'the reader' : 'opening: reader, rules, pace'
  return { name, own: part, reads: all, read: (format, file) => answer(process.execPath, [out, format, part, file]) }
}

const naive: Reader = {
  name: "split('\\n') and a Map a stack", names: { pprof: 'pprof-format and a Map a stack' }, reads: all,
  read: (format, file) => answer(process.execPath, ['--max-old-space-size=12000', join(here, 'naive.mjs'), format, file]),
}

/** The toolchain has the decoder's source among its own: nothing is downloaded. */
function goDecoder(): string | null {
  const goRoot = spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' })
  const source = goRoot.status === 0 ? join(goRoot.stdout.trim(), 'src', 'cmd', 'vendor', 'github.com', 'google', 'pprof', 'profile') : ''
  if (source === '' || !existsSync(source)) return null
  const folder = join(cache, 'go')
  cpSync(source, join(folder, 'profile'), { recursive: true, dereference: true })
  copyFileSync(join(here, 'decode.go'), join(folder, 'main.go'))
  writeFileSync(join(folder, 'go.mod'), 'module bench\n\ngo 1.18\n')
  const program = join(cache, 'readers-go')
  const built = spawnSync('go', ['build', '-mod=mod', '-o', program, '.'], { cwd: folder, env: { ...process.env, GO111MODULE: 'on' }, stdio: 'inherit' })
  return built.status === 0 ? program : null
}

/** The same file for the same kind and size, made once. */
export function madeFile(format: Format, megabytes: number): string {
  const file = join(cache, `${format}-${megabytes}`)
  if (!existsSync(file)) {
    execFileSync(process.execPath, [join(process.cwd(), 'test', 'bench', 'gen-profiles.mjs'), format, String(megabytes), file], { stdio: 'inherit' })
  }
  return file
}
