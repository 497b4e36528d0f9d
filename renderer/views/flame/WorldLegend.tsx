import { useMemo } from 'react'
import type { Profile } from '../../../engine/profile/columns'
import { worldIds } from '../../../engine/worlds'
import { Legend } from '../../widgets/world'

/** Only the worlds that this profile has. */
export function WorldLegend({ profile }: { profile: Profile }) {
  const worlds = useMemo(() => {
    const seen = new Set<number>(profile.stacks.world)
    return worldIds.map((_, world) => world).filter((world) => seen.has(world))
  }, [profile])
  return <div className="flame-legend"><Legend worlds={worlds} /></div>
}
