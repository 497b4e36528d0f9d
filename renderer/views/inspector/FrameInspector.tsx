import type { SessionRun } from '../../../engine/session/document'
import { worldNames } from '../../../engine/worlds'
import { flameOf, hasVmmTime, shareOf, weightIndex, wholeName } from '../../state/derived'
import { moduleOfStep, nameOfStep, nodeOf, type FramePath } from '../../state/frame-path'
import { digitsFor, fixed, intervalText, whole } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { Swatch } from '../../widgets/world'
import { Facts, type Fact } from './Facts'

export function FrameInspector({ run, path }: { run: SessionRun; path: FramePath }) {
  const view = useWorkbench((state) => state.document.view)
  const thread = useWorkbench((state) => state.flame.thread)
  const scope = hasVmmTime(run.profile) ? view.scope : 'total'
  const weight = weightIndex(run.profile, view.weight)
  const { tree } = flameOf(run.profile, weight, scope, thread)
  const node = nodeOf(tree, path)
  const step = path[path.length - 1]
  if (node < 0 || step === undefined) return <p className="quiet">This box is not in what is shown now.</p>
  const type = run.profile.weightTypes[weight]
  const share = shareOf(tree.total[node]!, tree.total[0]!, type)
  const self = shareOf(tree.self[node]!, tree.total[0]!, type)
  const digits = digitsFor(share.ci95)
  const unit = type?.unit === 'count' ? type.name : type?.unit ?? ''
  const facts: Fact[] = [
    ['self', <>{fixed(self.percent, digitsFor(self.ci95))} % {self.ci95 && <span className="quiet">{intervalText(self.ci95, digitsFor(self.ci95))}</span>}</>],
    [`total, ${unit}`, whole(tree.total[node]!)],
    [`self, ${unit}`, whole(tree.self[node]!)],
    [`all, ${unit}`, whole(tree.total[0]!)],
  ]
  return (
    <>
      <p className="quiet inspector-of">{run.name}</p>
      <h2 className={`inspector-title${run.kind === 'imported' ? ' mono' : ''}`}>{nameOfStep(step)}</h2>
      <p className="inspector-figure">
        <strong>{fixed(share.percent, digits)} %</strong> of {wholeName(scope, null)}{' '}
        {share.ci95 && <span className="quiet">{intervalText(share.ci95, digits)}</span>}
      </p>
      <p className="inspector-world"><Swatch world={tree.world[node]!} />{worldNames[tree.world[node]!]}</p>
      {moduleOfStep(step) !== '' && <p className="quiet">{moduleOfStep(step)}</p>}
      <Facts facts={facts} />
      <h3>How</h3>
      <p>{type?.kind === 'true' ? 'Counted: every cycle of the simulated machine is charged to exactly one stack, so this figure has no error.'
        : 'Sampled: samples that found this function on the stack, with a 95 % Wilson interval where samples are counted one by one.'}</p>
      <h3>Called by</h3>
      <ol className="stack">{path.slice(0, -1).reverse().map((one, index) => <li key={index} className={run.kind === 'imported' ? 'mono' : undefined}>{nameOfStep(one)}</li>)}</ol>
      {path.length === 1 && <p className="quiet">Nothing: it is the outermost frame.</p>}
    </>
  )
}
