import { InvalidArgumentError } from 'commander'
import { PlainErrorException } from '../plain-error'
import type { Diff, DiffFigure } from './diff-figures'

/** What must not become more, or less: a row by its id, a world or a function by `world:` and `function:`. */
export interface Limit {
  /** As typed. */
  text: string
  kind: 'row' | 'world' | 'function'
  name: string
  /** So many points are allowed. */
  points: number
  way: 'more' | 'less'
}

export interface Regression {
  limit: string
  words: string
}

/** 'vmm', 'vmm:2', 'world:vmnet:0.5', 'function:memcpy'. Names of functions may have colons: only a number at the end are points. */
export function limitOf(text: string, way: Limit['way']): Limit {
  const [, what, number] = /^(.*?)(?::(\d+(?:\.\d+)?))?$/s.exec(text) as unknown as [string, string, string | undefined]
  const kind = what.startsWith('world:') ? 'world' : what.startsWith('function:') ? 'function' : 'row'
  const name = kind === 'row' ? what : what.slice(kind.length + 1)
  if (name === '') throw new InvalidArgumentError('A row is needed: its id, world:ID or function:NAME, and perhaps :POINTS.')
  return { text, kind, name, points: Number(number ?? 0), way }
}

/**
 * The limits that are broken beyond evidence: the verdict (which allows for all rows of the list) says higher or lower,
 * and the whole 95 % interval lies beyond the points that are allowed. What cannot be judged is refused: a check that
 * can never fail is none.
 */
export function regressionsOf(diff: Diff, limits: readonly Limit[]): Regression[] {
  return limits.flatMap((limit) => {
    const found = judged(diff, limit)
    const sign = limit.way === 'more' ? 1 : -1
    const certain = found.ci95 ? Math.min(sign * found.ci95[0], sign * found.ci95[1]) : sign * found.points
    if (found.verdict !== (limit.way === 'more' ? 'higher' : 'lower') || certain <= limit.points) return []
    const size = `${Math.abs(found.points).toFixed(2)} points`
    const interval = found.ci95 ? ` [${found.ci95.map((end) => end.toFixed(2)).join(', ')}]` : ', counted'
    const allowed = limit.points > 0 ? `; ${limit.points} ${limit.points === 1 ? 'was' : 'were'} allowed` : ''
    return [{ limit: limit.text, words: `${nameOf(limit)} is ${found.verdict} by ${size}${interval}${allowed}` }]
  })
}

type Judged = DiffFigure & { points: number; verdict: NonNullable<DiffFigure['verdict']> }

function judged(diff: Diff, limit: Limit): Judged {
  const refuse = (what: string, todo: string) => new PlainErrorException({ what, todo })
  const found = figuresOf(diff, limit)
  if (found.length === 0) {
    throw refuse(`Neither side has ${nameOf(limit)}, so it cannot be judged.`, whatThereIs(diff, limit))
  }
  if (found.length > 1) throw refuse(`There are ${found.length} of ${nameOf(limit)}.`, 'Name one as function:MODULE!NAME.')
  const { points, verdict } = found[0]!
  if (points === null) throw refuse(`${nameOf(limit)} has a figure on one side only, so it cannot be judged.`, 'Leave it out.')
  if (verdict === null) throw refuse(`${nameOf(limit)} has no interval, so nothing can be judged.`, 'Compare counts of samples.')
  return { ...found[0]!, points, verdict }
}

function figuresOf({ rows, worlds, functions }: Diff, { kind, name }: Limit): DiffFigure[] {
  if (kind === 'world') return worlds.filter(({ id }) => id === name)
  if (kind === 'row') return rows.filter(({ id }) => id === name)
  return functions.filter((one) => one.name === name || `${one.module}!${one.name}` === name)
}

const nameOf = ({ kind, name }: Limit) => (kind === 'row' ? name : `${kind} ${name}`)

function whatThereIs({ rows, worlds }: Diff, { kind }: Limit): string {
  if (kind === 'function') return 'diff --json lists all functions.'
  return `There are ${(kind === 'world' ? worlds : rows).map(({ id }) => (kind === 'world' ? `world:${id}` : id)).join(', ')}.`
}
