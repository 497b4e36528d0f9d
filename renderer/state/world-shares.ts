import type { Profile } from '../../engine/profile/columns'
import type { Evidence } from '../../engine/profile/difference'
import { pairedWeights, worldDifferences, type EffectiveSizes } from '../../engine/profile/paired'
import { digitsOfCounted, intervalOf, verdictWords } from './difference-words'
import type { Difference } from './row-difference'

export interface WorldDifference {
  world: number
  a: number
  b: number
  difference: Difference
}

export interface ComparedWorlds {
  rows: WorldDifference[]
  evidence: Evidence
}

/**
 * Worlds side by side in percent of total time: works for any two profiles. Worlds that neither has are left out. The rule
 * is the engine's, so that the window and the command line say the same.
 */
export function compareWorlds(a: Profile, b: Profile, effective: EffectiveSizes = {}): ComparedWorlds {
  const weight = pairedWeights(a, b)[0]!
  const { evidence } = weight
  const { worlds, differences } = worldDifferences(a, b, weight, effective)
  const said = { unit: 'points', parts: 'worlds', evidence, digits: digitsOfCounted(100) }
  const verdicts = { '1': 'higher', '0': 'no-evidence', '-1': 'lower' } as const
  return {
    evidence,
    rows: worlds.map((world, part) => ({
      world, a: differences.a[part]!, b: differences.b[part]!,
      difference: {
        points: differences.difference[part]!, ci95: intervalOf(differences, part), words: verdictWords(differences, part, said),
        verdict: evidence === 'none' ? 'no-evidence' : verdicts[String(differences.verdict[part]!) as keyof typeof verdicts],
      },
    })),
  }
}
