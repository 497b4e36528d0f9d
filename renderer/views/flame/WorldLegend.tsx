import type { ShownFlame } from '../../state/flame-shown'
import { Legend } from '../../widgets/world'

/** Only the worlds that boxes are of. */
export function WorldLegend({ flame: { worlds } }: { flame: ShownFlame }) {
  return <div className="flame-legend"><Legend worlds={worlds} /></div>
}
