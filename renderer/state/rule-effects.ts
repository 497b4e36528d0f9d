import { useEffect, useMemo, useState } from 'react'
import { decide, prepare } from '../../engine/profile/classify/classify'
import { ruleEffects, type RuleEffect } from '../../engine/profile/classify/effect'
import type { RuleSet } from '../../engine/profile/classify/rule'
import type { Profile } from '../../engine/profile/columns'
import { trees, useTrees } from './trees'

/** A frame of the screen belongs to whoever types: the rest of the rules is worked out in the next. */
const sliceMilliseconds = 8

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
    if (!profile) return
    const prepared = prepare(profile, set.rules)
    const work = ruleEffects(prepared, decide(prepared), weight)
    const effects: RuleEffect[] = []
    let timer = 0
    const slice = () => {
      const end = performance.now() + sliceMilliseconds
      while (performance.now() < end) {
        const next = work.next()
        if (next.done) {
          setFound({ set, effects })
          return
        }
        effects.push(next.value)
      }
      timer = window.setTimeout(slice)
    }
    timer = window.setTimeout(slice)
    return () => window.clearTimeout(timer)
  }, [profile, set, weight])
  // figures of before the last change stay until the new ones are there, as long as they are of the same rules
  return found.set.rules.length === set.rules.length ? found.effects : []
}
