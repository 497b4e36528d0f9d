import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import * as z from 'zod'

/** What a second start hands to the first. */
export const handOverSchema = z.object({ files: z.array(z.string().max(4096)).max(100) })
export type HandOver = z.infer<typeof handOverSchema>

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
