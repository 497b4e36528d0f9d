import type { BoxLook } from './scene'

/** How strong a colour is: the size of a change against the larger whole; the last holds for all beyond it. */
export const strengthSteps = [0.01, 0.03, 0.1] as const
const strengths = strengthSteps.length + 1

/** What a box of a difference says. `presence`: a box of both sides, one that B no longer has, one that only B has. */
export interface DiffBox {
  kind: 'no-evidence' | 'less' | 'more' | 'neither'
  /** Size of the change as a part of the larger whole, 0..1. */
  size: number
  presence: 'both' | 'vanished' | 'new'
}

const patterns = { both: 'none', vanished: 'hatch', new: 'dots' } as const
const presences = ['both', 'vanished', 'new'] as const

/**
 * Fills from faint to full. Blue is less, red is more, and no other figure of the window has these colours; grey is
 * no evidence; guest idle that changed is neither slower nor faster, and darker.
 */
const fills = {
  light: { grey: '#dcdfe3', neither: '#8d949d', less: ['#c9dcf5', '#93b9ea', '#4f87cf', '#1559b0'], more: ['#f6cfcb', '#ec9b94', '#d4574d', '#ad1f18'] },
  dark: { grey: '#3c4149', neither: '#767e88', less: ['#243b58', '#2f5f99', '#5793da', '#9ccaff'], more: ['#532b28', '#93433b', '#dd6f63', '#ffb3ab'] },
} as const

/** All looks there are, by the number that `lookOf` gives. */
function looksOf(dark: boolean): readonly BoxLook[] {
  const { grey, neither, less, more } = fills[dark ? 'dark' : 'light']
  return [grey, neither, ...less, ...more].flatMap((fill) =>
    presences.map((presence): BoxLook => ({ fill, pattern: patterns[presence] })))
}

/** The same array each time: a painter makes its brushes once. */
export const diffLooks = { light: looksOf(false), dark: looksOf(true) } as const

export function lookOf({ kind, size, presence }: DiffBox): number {
  return toneOf(kind, size) * presences.length + presences.indexOf(presence)
}

function toneOf(kind: DiffBox['kind'], size: number): number {
  if (kind === 'no-evidence') return 0
  if (kind === 'neither') return 1
  let strength = 0
  while (strength < strengthSteps.length && size >= strengthSteps[strength]!) strength++
  return 2 + strength + (kind === 'more' ? strengths : 0)
}
