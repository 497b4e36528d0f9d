import { setCallersPlace } from '../../state/actions-flame'
import type { Drawing, ShownFlame } from '../../state/flame-shown'
import type { FlamePlace } from '../../state/flame-state'
import type { WidthUnit } from '../../state/flame-units'
import { nameOfStep } from '../../state/frame-path'
import { useWorkbench, type Workbench } from '../../state/store'
import { FlameDrawing } from './FlameDrawing'
import { useSearch } from './use-match'

interface SandwichProps {
  flame: ShownFlame
  unit: WidthUnit
  around: string | null
  /** Null: nothing of the function is left. */
  callers: Drawing | null
  callees: Drawing | null
  matched: Uint8Array | null
  onStep: (step: 1 | -1) => void
  placeOf: (state: Workbench) => FlamePlace
  onPlace: (change: Partial<FlamePlace>) => void
}

const callersPlace = (state: Workbench) => state.flame.callers
const moveCallers = ({ zoom, firstRow }: Partial<FlamePlace>) => setCallersPlace(zoom ?? null, firstRow ?? null)

/** One function in the middle: who calls it grows up from it, what it calls hangs below it. */
export function Sandwich({ flame, unit, around, callers, callees, matched, onStep, placeOf, onPlace }: SandwichProps) {
  const search = useWorkbench((state) => state.flame.search)
  const { match: callersMatch } = useSearch(callers, search)
  if (!callers || !callees || around === null) {
    return (
      <div className="empty">
        <h2>{around === null ? 'No function chosen' : `Nothing is left of ${nameOfStep(around)}`}</h2>
        <p>Choose a function in the table below: its callers are drawn above it, what it calls below it.</p>
      </div>
    )
  }
  const name = nameOfStep(around)
  return (
    <div className="sandwich">
      <FlameDrawing flame={flame} drawing={callers} order="callers" unit={unit} placeOf={callersPlace}
        onPlace={moveCallers} upward axis={false} matched={callersMatch?.matched ?? null} onStep={onStep}
        what={`Callers of ${name} in ${flame.run.name}, ${unit.words}`} testId="flame-callers" />
      <FlameDrawing flame={flame} drawing={callees} order="callees" unit={unit} placeOf={placeOf}
        onPlace={onPlace} upward={false} axis matched={matched} onStep={onStep}
        what={`What ${name} calls in ${flame.run.name}, ${unit.words}`} testId="flame-canvas" />
    </div>
  )
}
