import { setTwin } from '../../state/actions-flame'
import type { Drawing, ShownFlame } from '../../state/flame-shown'
import type { FlameOrder } from '../../state/flame-state'
import { rootLabel, type WidthUnit } from '../../state/flame-units'
import { useWorkbench } from '../../state/store'
import { Segmented } from '../../widgets/controls'
import { CallTreeTable } from './CallTreeTable'
import { FunctionTable } from './FunctionTable'

interface TwinsProps {
  flame: ShownFlame
  /** What is drawn; null: nothing. */
  drawing: Drawing | null
  order: FlameOrder
  unit: WidthUnit
  selectedFrame: number
  selectedBox: number
  onFunction: (frame: number) => void
  onBox: (node: number) => void
  onZoom: (node: number) => void
}

const titles: Record<FlameOrder, string> = { down: 'Calls', up: 'Functions and their callers', sandwich: 'What it calls' }

/** The picture's figures as tables: by function, and as a tree that opens. */
export function Twins({ flame, drawing, order, unit, selectedFrame, selectedBox, onFunction, onBox, onZoom }: TwinsProps) {
  const twin = useWorkbench((state) => state.flame.twin)
  return (
    <div className="twins">
      <div className="twins-choice">
        <Segmented label="Table" value={twin} onChange={setTwin} testId="flame-twin" options={[
          { value: 'functions', label: 'Functions' }, { value: 'tree', label: 'Call tree' },
        ]} />
        <span className="quiet" data-testid="flame-twin-unit">{unit.id === 'percent' ? `% ${unit.words}` : unit.words}</span>
      </div>
      {twin === 'functions' || !drawing
        ? <FunctionTable flame={flame} unit={unit} rootLabel={rootLabel(flame)} selected={selectedFrame} onSelect={onFunction} />
        : (
          // another tree has other rows: what was open in it means nothing here
          <CallTreeTable key={keyOf(drawing)} flame={flame} tree={drawing.tree} unit={unit} title={titles[order]} inverted={order === 'up'}
            selected={selectedBox} onSelect={onBox} onZoom={onZoom} />
        )}
    </div>
  )
}

const keys = new WeakMap<Drawing['tree'], number>()
let trees = 0

function keyOf({ tree }: Drawing): number {
  let key = keys.get(tree)
  if (key === undefined) keys.set(tree, key = ++trees)
  return key
}
