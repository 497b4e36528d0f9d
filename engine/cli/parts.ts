import { InvalidArgumentError, type Command } from 'commander'
import { PlainErrorException } from '../plain-error'
import { countWeight } from '../profile/paired'
import { partName, partsOf, profileOfPart, weightOfPart, type ProfilePart } from '../profile/parts'
import type { Profile } from '../profile/columns'
import type { ImportedRun, SessionRun } from '../session/document'
import { columns, figure, grouped } from './columns'

/** What of a recording is asked for: all of it where nothing is said. */
export interface PartOptions {
  only?: string | undefined
  event?: string | undefined
}

export function withParts(command: Command): Command {
  return command
    .option('--only <part>', 'a thread, a process or a processor by its name in the load report, as "CPU 3" (default: all)', notEmpty)
    .option('--event <name>', 'the event or weight that is counted, by its name in the load report (default: samples)', notEmpty)
}

function notEmpty(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.')
  return text
}

/** The recording's part that was asked for; throws a PlainErrorException with what there is. */
export function partOfRun(run: ImportedRun, { only }: PartOptions): ImportedRun {
  if (only === undefined) return run
  const { profile } = run
  const parts = partsOf(profile)
  const wanted = parts.find(({ part, name }) => name === only || partName(profile, part) === only)
  if (wanted) return { ...run, profile: profileOfPart(profile, wanted.part) }
  throw new PlainErrorException({
    what: `It has no thread, process or processor "${only}".`, where: run.source.fileName,
    todo: parts.length === 0 ? 'It has none of which one could be chosen.' : `It has ${someOf(parts.map(({ part }) => partName(profile, part)!))}.`,
  })
}

/** A simulated run has one vCPU and is always whole. */
export function refuseParts(run: SessionRun, { only, event }: PartOptions): void {
  if (only === undefined && event === undefined) return
  throw new PlainErrorException({ what: `--${only === undefined ? 'event' : 'only'} is for recorded profiles, and "${run.name}" is simulated.` })
}

/** The weight that was asked for, by its number; samples where nothing was. */
export function weightOf(profile: Profile, { event }: PartOptions, where: string): number {
  if (event === undefined) return countWeight(profile)
  const found = profile.weightTypes.findIndex(({ name }) => name === event)
  if (found >= 0) return found
  throw new PlainErrorException({
    what: `It has no event or weight "${event}".`, where, todo: `It has ${someOf(profile.weightTypes.map(({ name }) => name))}.`,
  })
}

const mostNamed = 8

function someOf(names: readonly string[]): string {
  const more = names.length - mostNamed
  return `${names.slice(0, mostNamed).map((name) => `"${name}"`).join(', ')}${more > 0 ? ` and ${grouped(more)} more` : ''}`
}

export interface PartShare extends Pick<ProfilePart, 'kind' | 'name'> {
  weight: number
  percent: number | null
}

/** What can be asked for with --only, each kind with the heaviest first. */
export function partShares(profile: Profile, weight: number): PartShare[] {
  const all = profile.samples.weights[weight]!.reduce((sum, value) => sum + value, 0)
  const kinds = ['thread', 'process', 'processor'] as const
  return partsOf(profile)
    .map(({ part, kind, name }): PartShare => {
      const own = weightOfPart(profile, weight, part)
      return { kind, name, weight: own, percent: all > 0 ? (100 * own) / all : null }
    })
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || b.weight - a.weight)
}

const mostShown = 8

export function partsText(shares: readonly PartShare[], weight: string): string[] {
  const kinds = [['thread', 'Thread'], ['process', 'Process'], ['processor', 'Processor']] as const
  return kinds.flatMap(([kind, title]) => {
    const own = shares.filter((share) => share.kind === kind)
    if (own.length === 0) return []
    const rest = own.length - mostShown
    const rows = own.slice(0, mostShown).map((share) => [share.name, grouped(share.weight), figure(share.percent, 1)])
    return [...columns([[title, weight, '%'], ...rows]), ...(rest > 0 ? [`and ${grouped(rest)} more; --json has all`] : []), '']
  })
}
