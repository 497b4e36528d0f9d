import { setCompareMode, setCompareZoom, setScope, setWeight } from '../../state/actions-view'
import { noPackets, noSeconds } from '../../state/compare'
import { hasVmmTime } from '../../state/derived'
import { nameOfStep, type FramePath } from '../../state/frame-path'
import { useWorkbench } from '../../state/store'
import { Segmented } from '../../widgets/controls'
import type { Compared } from './use-boxes'

/** What a width means, said and changeable; all three icicles and the functions keep one measure. */
export function IcicleHeader({ compared, zoom }: { compared: Compared; zoom: FramePath }) {
  const { pair, scope, weights, boxes: { weight, measure } } = compared
  const range = useWorkbench((state) => state.range)
  const packetProblem = noPackets(pair, { range })
  const secondProblem = noSeconds(pair, weight, { range })
  const noVmm = [pair.a, pair.b].every((run) => hasVmmTime(run.profile)) ? null : 'Not both runs have VMM time.'
  const rate = measure.mode === 'second' ? measure.unit : 'a second'
  return (
    <div className="icicle-header">
      <Segmented label="What figures and widths are" value={measure.mode} onChange={setCompareMode} testId="compare-mode" options={[
        { value: 'share', label: 'percent' },
        { value: 'packet', label: 'µs a packet', ...(packetProblem ? { disabled: packetProblem } : {}) },
        { value: 'second', label: rate, ...(secondProblem ? { disabled: secondProblem } : {}) },
      ]} />
      <Segmented label="Denominator of the icicles" value={scope} onChange={setScope} options={[
        { value: 'total', label: 'of total time' },
        { value: 'vmm', label: 'of VMM time', ...(noVmm ? { disabled: noVmm } : {}) },
      ]} />
      {weights.length > 1 ? (
        <Segmented label="Weight of the icicles" value={String(weight.a)} onChange={(value) => setWeight(Number(value))}
          testId="compare-weight" options={weights.map(({ label, a }) => ({ value: String(a), label }))} />
      ) : <span className="quiet">{weight.label}</span>}
      {zoom.length > 0 ? (
        <button type="button" className="button bare" onClick={() => setCompareZoom(zoom.slice(0, -1))}>
          zoomed to {nameOfStep(zoom[zoom.length - 1]!)}: zoom out
        </button>
      ) : <span className="quiet">one scale</span>}
    </div>
  )
}
