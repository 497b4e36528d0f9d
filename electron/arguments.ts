import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import * as z from 'zod'

/** What the actions of a desktop's menu ask of a start: an empty session, or the paper's comparison made anew. */
const wishes = ['new', 'paper'] as const

/** What a second start hands to the first. */
export const handOverSchema = z.object({ files: z.array(z.string().max(4096)).max(100), wish: z.enum(wishes).nullable() })
export type HandOver = z.infer<typeof handOverSchema>
export type Wish = NonNullable<HandOver['wish']>

/** `--new` or `--paper` before any `--`. */
export function wishFromArguments(argv: readonly string[]): Wish | null {
  const end = argv.indexOf('--')
  const options = end < 0 ? argv : argv.slice(0, end)
  return wishes.find((wish) => options.includes(`--${wish}`)) ?? null
}

function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/**
 * The files named on the command line, absolute. Positions differ between a packaged start (`worldswitch a.wsprof`),
 * `electron . a.wsprof` and a start by Playwright (`-r loader.js --inspect=0 ...`), so nothing is counted: options go,
 * so does the module after `-r`, and so does the app's own folder or main file. After `--` everything is a file.
 */
export function filesFromArguments(argv: readonly string[], cwd: string, ownPaths: readonly string[]): string[] {
  const own = new Set(ownPaths.map((path) => realPath(resolve(path))))
  const files: string[] = []
  let literal = false
  let ownSeen = false
  for (let i = 1; i < argv.length; i++) {
    const argument = argv[i] ?? ''
    if (!literal && argument === '--') literal = true
    else if (!literal && (argument === '-r' || argument === '--require')) i++
    else if (argument !== '' && (literal || !argument.startsWith('-'))) {
      const path = resolve(cwd, argument)
      // Once only: later the same path was meant as a file and deserves its own refusal.
      if (!ownSeen && own.has(realPath(path))) ownSeen = true
      else files.push(path)
    }
  }
  return files
}
