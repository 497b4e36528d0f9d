import { basename } from 'node:path'
import { bytesText } from '../figure-text'
import type { FileSource } from '../formats/file-source'
import { importSteps } from '../formats/open-profile'
import { plainErrorLine, PlainErrorException } from '../plain-error'
import { decodeSession, type DecodedSession } from '../session/archive'
import type { ImportedRun, SessionDocument, SessionRun } from '../session/document'
import { readBeginning, readWholeFile } from '../session/files'
import { kindOfFile } from '../session/kind'
import { openSourceFile } from '../source-file'
import { textOfPerfData, type RunPerf } from './perf-data'
import { PipeSource } from './pipe-source'
import { nameOf, openPipe, pipe, readInput, wholePipe } from './streams'
import type { Terminal } from './terminal'

/** What a file that a command was given holds. */
export type Source = { kind: 'session'; file: string; decoded: DecodedSession } | { kind: 'profile'; file: string; run: ImportedRun }

/** A session or a profile of any format that is read; "-": from the pipe. Throws a PlainErrorException. */
export async function readSource(path: string, terminal: Terminal, perf: RunPerf = {}): Promise<Source> {
  const file = nameOf(path)
  const piped = path === pipe ? openPipe() : null
  const head = piped ? await piped.beginning(beginningBytes) : (await readBeginning(path, beginningBytes)).head
  if (head.length > 0 && kindOfFile(path, head) === 'session') {
    return { kind: 'session', file, decoded: decodeSession(shortName(path), piped ? await wholePipe(piped) : await readWholeFile(path)) }
  }
  const text = piped ? null : await textOfPerfData(path, perf)
  try {
    return { kind: 'profile', file, run: await recorded(path, piped ?? openSourceFile(text?.path ?? path), terminal) }
  } finally {
    text?.remove()
  }
}

/** What tells a session from a profile. */
const beginningBytes = 4

/** A profile from a file or the pipe, neither of which is ever held as a whole where its format allows. */
async function recorded(path: string, source: FileSource, terminal: Terminal): Promise<ImportedRun> {
  const fileName = shortName(path)
  try {
    const steps = importSteps(fileName, source)
    for (;;) {
      const step = steps.next()
      if (step.done) {
        const { profile, format, report, rules } = step.value
        return { kind: 'imported', id: 'recorded', name: fileName, source: { fileName, format, report }, rules, profile }
      }
      terminal.progress(() => `${fileName}: ${path === pipe ? bytesText(Number(step.value)) : `${Math.floor((100 * Number(step.value)) / source.size)} %`} read`)
      if (source instanceof PipeSource && source.waiting()) await source.more()
    }
  } finally {
    terminal.clearProgress()
    source.close?.()
  }
}

const shortName = (path: string) => (path === pipe ? nameOf(path) : basename(path))

/** A session and nothing else. */
export async function readSession(path: string): Promise<DecodedSession> {
  return decodeSession(shortName(path), await readInput(path))
}

/** The profile, or the one run of a session that is meant. `option`: which one names it. */
export function runOf(source: Source, wanted: string | undefined, terminal: Terminal, option = '--run'): SessionRun {
  if (source.kind === 'session') {
    sayDamage(source.decoded, terminal)
    return chosenRun(source.decoded.session, source.file, wanted, option)
  }
  if (wanted === undefined) return source.run
  throw new PlainErrorException({ what: `A profile has no runs, and "${wanted}" was asked for.`, where: source.file })
}

/** Rule sets that a session has of its own. */
export function ownRules(source: Source): SessionDocument['ruleSets'] {
  return source.kind === 'session' ? source.decoded.session.ruleSets : undefined
}

export function sayDamage({ warnings }: DecodedSession, terminal: Terminal): void {
  for (const warning of warnings) terminal.note(plainErrorLine(warning))
}

function chosenRun({ runs }: SessionDocument, file: string, wanted: string | undefined, option: string): SessionRun {
  const found = wanted === undefined ? runs : runs.filter(({ name, id }) => name === wanted || id === wanted)
  if (found.length === 1) return found[0]!
  const twice = new Set(runs.map(({ name }) => name)).size < runs.length
  const names = runs.map(({ id, name }) => (twice ? `${id} ("${name}")` : `"${name}"`)).join(', ')
  throw new PlainErrorException({
    what: wanted === undefined ? `The session has ${runs.length} runs.`
      : found.length === 0 ? `The session has no run "${wanted}".` : `The session has ${found.length} runs "${wanted}".`,
    where: file, todo: runs.length === 0 ? 'There is nothing to show.' : `Say ${option} with one of ${names}.`,
  })
}
