import type { SimulatedRun } from '../../../engine/session/document'
import { sideOf, type Side } from '../../state/compare'
import { fixed } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { Dash } from '../../widgets/Dash'
import { changeOf } from './change-words'

/** By function name, in the unit of the icicle. */
function functionsOf({ flame: { tree, functions }, whole }: Side): Map<string, { self: number; total: number }> {
  const all = tree.total[0]! || 1
  const found = new Map<string, { self: number; total: number }>()
  functions.frame.forEach((frame, i) => {
    found.set(tree.frames.name[frame]!, { self: (whole * functions.self[i]!) / all, total: (whole * functions.total[i]!) / all })
  })
  return found
}

/** The table twin of the icicle. */
export function FunctionRows({ run, baseline }: { run: SimulatedRun; baseline: SimulatedRun | null }) {
  const { mode, weight } = useWorkbench((state) => state.whatIf)
  const column = weight === 'true' ? 1 : 0
  const now = functionsOf(sideOf(run, 'total', column, mode))
  const before = baseline && functionsOf(sideOf(baseline, 'total', column, mode))
  const names = [...new Set([...now.keys(), ...before?.keys() ?? []])]
    .sort((a, b) => (now.get(b)?.self ?? 0) - (now.get(a)?.self ?? 0) || (a < b ? -1 : 1))
  const unit = mode === 'packet' ? 'µs a packet' : '% of total time'
  return (
    <div className="what-if-table-scroll" tabIndex={0} role="region" aria-label="Functions">
      <table className="what-if-table" data-testid="what-if-functions">
        <caption className="visually-hidden">Functions of what the sliders say, {unit}</caption>
        <thead>
          <tr>
            <th scope="col">Function ({unit})</th>
            <th scope="col" className="num">self</th>
            <th scope="col" className="num">total</th>
            {before && <th scope="col" className="num" title="Self of the baseline">was</th>}
            {before && <th scope="col">difference ({mode === 'packet' ? 'µs' : 'points'})</th>}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const [one, other] = [now.get(name), before?.get(name)]
            const change = before ? changeOf(one?.self ?? 0, other?.self ?? 0, '', 2, null) : null
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="num strong">{one ? fixed(one.self, 2) : <Dash reason="It does not happen here." />}</td>
                <td className="num">{one ? fixed(one.total, 2) : <Dash reason="It does not happen here." />}</td>
                {before && <td className="num">{other ? fixed(other.self, 2) : <Dash reason="The baseline has no such function." />}</td>}
                {change && <td><span aria-hidden="true">{change.arrow}</span> {change.words}</td>}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
