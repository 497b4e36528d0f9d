import type { ShownFlame } from '../../state/flame-shown'
import { partColourWords, partColoursOf, type PartColours } from '../../state/part-colours'
import { useWorkbench } from '../../state/store'
import { shortModule } from '../../state/transform-words'
import { otherPart, partFill } from '../../theme/part-colours'
import { Legend } from '../../widgets/world'

/** Only the worlds that boxes are of; where there is none but what nothing classified, what colours stand for instead. */
export function WorldLegend({ flame: { worlds, down } }: { flame: ShownFlame }) {
  const parts = partColoursOf(down.tree)
  return <div className="flame-legend">{parts ? <PartLegend parts={parts} /> : <Legend worlds={worlds} />}</div>
}

function PartLegend({ parts }: { parts: PartColours }) {
  const dark = useWorkbench((state) => state.dark)
  const entries = [...parts.named, ...(parts.by === 'module' ? [{ name: 'others', colour: otherPart }] : [])]
  return (
    <ul className="legend" aria-label="What the colours stand for" data-testid="part-legend">
      <li className="quiet">{partColourWords(parts)}</li>
      {entries.map(({ name, colour }) => (
        <li key={name} title={name}>
          <span className="swatch" aria-hidden="true" style={{ backgroundColor: partFill(colour, dark) }} />{shortModule(name)}
        </li>
      ))}
    </ul>
  )
}
