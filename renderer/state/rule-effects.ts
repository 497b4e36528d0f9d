import { useEffect, useMemo, useState } from 'react'
import { decide, prepare } from '../../engine/profile/classify/classify'
import { ruleEffects, type RuleEffect } from '../../engine/profile/classify/effect'
import type { RuleSet } from '../../engine/profile/classify/rule'
import type { Profile } from '../../engine/profile/columns'
import { inSlices } from './in-slices'
import { trees, useTrees } from './trees'

/** What each rule does to a profile, as far as it is worked out: rules that are still missing are undefined. */
export function useRuleEffects(profile: Profile, set: RuleSet, weight: number): readonly (RuleEffect | undefined)[] {
  const profiles = useMemo(() => [profile], [profile])
  const small = trees.isSmall(profiles)
  const here = useEffectsHere(small ? profile : null, set, weight)
  const { answer } = useTrees('effects', profiles, small ? null : { rules: set.rules, weight })
  return small ? here : answer ?? []
}

/** `profile` null: they are worked out elsewhere. */
function useEffectsHere(profile: Profile | null, set: RuleSet, weight: number): readonly (RuleEffect | undefined)[] {
  const [found, setFound] = useState<{ set: RuleSet; effects: readonly RuleEffect[] }>({ set, effects: [] })
  useEffect(() => {
    if (!profile) return undefined
    return inSlices(allEffects(profile, set, weight), (effects) => setFound({ set, effects }))
  }, [profile, set, weight])
  // figures of before the last change stay until the new ones are there, as long as they are of the same rules
  return found.set.rules.length === set.rules.length ? found.effects : []
}

function* allEffects(profile: Profile, set: RuleSet, weight: number): Generator<void, readonly RuleEffect[], void> {
  const prepared = prepare(profile, set.rules)
  const effects: RuleEffect[] = []
  for (const effect of ruleEffects(prepared, decide(prepared), weight)) {
    effects.push(effect)
    yield
  }
  return effects
}
