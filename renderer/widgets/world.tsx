import { worldIds, worldNames } from '../../engine/worlds'
import { worldColours } from '../theme/world-colours'
import './widgets.css'

/** A world's colour with its pattern; the words beside it say the same. */
export function Swatch({ world }: { world: number }) {
  return (
    <span className={`swatch ${worldColours[world]?.pattern ?? 'outline'}`} aria-hidden="true"
      style={{ backgroundColor: `var(--world-${worldIds[world]})` }} />
  )
}

export function Legend({ worlds }: { worlds: readonly number[] }) {
  return (
    <ul className="legend" aria-label="Colours and patterns of the worlds">
      {worlds.map((world) => <li key={world}><Swatch world={world} />{worldNames[world]}</li>)}
    </ul>
  )
}
