import { basename } from 'node:path'
import type { Command } from 'commander'
import { lossesOfFolded, writeFolded } from '../formats/folded/write'
import { importProfile } from '../formats/open-profile'
import { writePprof } from '../formats/pprof/write'
import { lossesOfSpeedscope, writeSpeedscope } from '../formats/speedscope/write'
import { PlainErrorException } from '../plain-error'
import type { Profile } from '../profile/columns'
import { decodeSession } from '../session/archive'
import { readWholeFile, writeFileAtomically } from '../session/files'
import { kindOfFile } from '../session/kind'
import type { Terminal } from './terminal'

interface Target {
  endings: readonly string[]
  write(profile: Profile): Uint8Array
  losses(profile: Profile): string[]
}

const text = (content: string) => new TextEncoder().encode(content)

const targets: Record<string, Target> = {
  pprof: { endings: ['.pb.gz', '.pprof', '.pb'], write: writePprof, losses: () => [] },
  folded: { endings: ['.folded', '.txt'], write: (profile) => text(writeFolded(profile)), losses: lossesOfFolded },
  speedscope: { endings: ['.speedscope.json', '.json'], write: (profile) => text(writeSpeedscope(profile)), losses: lossesOfSpeedscope },
}

interface ConvertOptions {
  to?: string
  run?: string
}

/** Any profile that can be read, or a run of a session, as another format; what that cannot carry is said. */
export function addConvert(program: Command, terminal: Terminal): void {
  program.command('convert')
    .description('write a profile, or a run of a session, as pprof, folded stacks or speedscope')
    .argument('<in>', 'a profile of any format that is read, or a .wsprof session')
    .argument('<out>', 'the file to write; its ending says the format')
    .option('--to <format>', `one of ${Object.keys(targets).join(', ')}: instead of the ending`)
    .option('--run <name>', 'which run of a session; needed when it has several')
    .action(async (from: string, out: string, { to, run }: ConvertOptions) => {
      const target = targetOf(out, to)
      const profile = await profileOf(from, run)
      await writeFileAtomically(out, target.write(profile))
      const lost = target.losses(profile)
      terminal.write(`${out}: ${profile.samples.stack.length} samples${lost.length > 0 ? `; not in it: ${lost.join('; ')}` : ''}\n`)
    })
}

function targetOf(out: string, to: string | undefined): Target {
  const named = to === undefined ? undefined : targets[to]
  if (to !== undefined && !(Object.hasOwn(targets, to) && named)) {
    throw new PlainErrorException({ what: `There is no format "${to}"; formats are ${Object.keys(targets).join(', ')}.` })
  }
  const found = named ?? Object.values(targets).find(({ endings }) => endings.some((ending) => out.toLowerCase().endsWith(ending)))
  if (!found) {
    throw new PlainErrorException({
      what: 'The ending says no format that is written.', where: out, todo: `Say --to ${Object.keys(targets).join(', --to ')}.`,
    })
  }
  return found
}

async function profileOf(file: string, wanted: string | undefined): Promise<Profile> {
  const bytes = await readWholeFile(file)
  if (bytes.length === 0 || kindOfFile(file, bytes) !== 'session') return importProfile(basename(file), bytes).profile
  const { session } = decodeSession(basename(file), bytes)
  const names = session.runs.map(({ name }) => `"${name}"`).join(', ')
  const runs = wanted === undefined ? session.runs : session.runs.filter(({ name }) => name === wanted)
  if (runs.length === 1) return runs[0]!.profile
  throw new PlainErrorException({
    what: wanted === undefined ? `The session has ${session.runs.length} runs.` : `The session has no run "${wanted}".`, where: file,
    todo: session.runs.length === 0 ? 'There is nothing to convert.' : `Say --run with one of ${names}.`,
  })
}
