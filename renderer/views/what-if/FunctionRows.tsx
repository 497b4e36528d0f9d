import type { SimulatedRun } from '../../../engine/session/document'
import { sideOf } from '../../state/compare'
import { fixed } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { functionsOfSide } from '../../state/what-if-functions'
import { Dash } from '../../widgets/Dash'
import { changeOf } from './change-words'

/** The table twin of the icicle. */
export function FunctionRows({ run, baseline }: { run: SimulatedRun; baseline: SimulatedRun | null }) {
  const { mode, weight } = useWorkbench((state) => state.whatIf)
  const column = weight === 'true' ? 1 : 0
  const now = functionsOfSide(sideOf(run, 'total', column, mode))
  const before = baseline && functionsOfSide(sideOf(baseline, 'total', column, mode))
  const keys = [...new Set([...now.keys(), ...before?.keys() ?? []])]
    .sort((a, b) => (now.get(b)?.self ?? 0) - (now.get(a)?.self ?? 0) || (a < b ? -1 : 1))
  const namesOf = keys.map((key) => (now.get(key) ?? before!.get(key)!).name)
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
          {keys.map((key, i) => {
            const [one, other] = [now.get(key), before?.get(key)]
            const name = namesOf[i]!
            const alone = namesOf.indexOf(name) === namesOf.lastIndexOf(name)
            const { module } = (one ?? other)!
            const change = before ? changeOf(one?.self ?? 0, other?.self ?? 0, '', 2, null) : null
            return (
              <tr key={key}>
                <th scope="row" title={module}>{name}{!alone && <span className="quiet"> {module}</span>}</th>
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
