import { useMemo } from 'react'
import type { CallTree } from '../../../engine/profile/tree'
import { worldIds } from '../../../engine/worlds'
import { Legend } from '../../widgets/world'

/** Only the worlds that boxes are of. */
export function WorldLegend({ tree }: { tree: CallTree }) {
  const worlds = useMemo(() => {
    const seen = new Uint8Array(worldIds.length)
    for (let node = 1; node < tree.world.length; node++) seen[tree.world[node]!] = 1
    return worldIds.map((_, world) => world).filter((world) => seen[world])
  }, [tree])
  return <div className="flame-legend"><Legend worlds={worlds} /></div>
}
