import { setLadderMeasure, setLadderOrder, setLadderSize } from '../../state/actions-compare'
import { ladderOrders, optimizationShort } from '../../state/compare-ladder'
import type { LadderState } from '../../state/compare-state'
import { bytesText } from '../../state/numbers'
import { Segmented } from '../../widgets/controls'

const seedChoices = [1, 3, 5, 10, 20]
const byteChoices = [3_000_000, 10_000_000, 30_000_000, 100_000_000]

/** In which order the steps are taken, in what they are measured, and how many runs tell it. */
export function LadderControls({ ladder: { order, measure, seeds, bytes } }: { ladder: LadderState }) {
  return (
    <div className="compare-tools">
      <Segmented label="What the ladder measures" value={measure} onChange={setLadderMeasure} testId="ladder-measure" options={[
        { value: 'work', label: 'work' }, { value: 'elapsed', label: 'elapsed' },
      ]} />
      <label className="ladder-choice">
        <span className="quiet">order</span>
        <select className="select" data-testid="ladder-order" value={ladderOrders.findIndex((one) => one.join() === order.join())}
          onChange={(event) => setLadderOrder(ladderOrders[Number(event.target.value)]!)}>
          {ladderOrders.map((one, i) => (
            <option key={one.join()} value={i}>{one.map((id) => optimizationShort[id]).join(' → ')}{i === 0 ? ' (as in the paper)' : ''}</option>
          ))}
        </select>
      </label>
      <Choice label="seeds" value={seeds} choices={seedChoices} text={String} onChange={(value) => setLadderSize({ seeds: value })} />
      <Choice label="a run" value={bytes} choices={byteChoices} text={bytesText} onChange={(value) => setLadderSize({ bytes: value })} />
    </div>
  )
}

interface ChoiceProps {
  label: string
  value: number
  choices: readonly number[]
  text: (value: number) => string
  onChange: (value: number) => void
}

function Choice({ label, value, choices, text, onChange }: ChoiceProps) {
  return (
    <label className="ladder-choice">
      <span className="quiet">{label}</span>
      <select className="select" value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {choices.map((choice) => <option key={choice} value={choice}>{text(choice)}</option>)}
      </select>
    </label>
  )
}
