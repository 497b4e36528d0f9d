import { useMemo } from 'react'
import { partName } from '../../../engine/profile/parts'
import type { SessionRun } from '../../../engine/session/document'
import { worldNames } from '../../../engine/worlds'
import type { CallTree } from '../../../engine/profile/tree'
import { hasVmmTime, shareOf, weightIndex, wholeName } from '../../state/derived'
import { boxAt, moduleOfStep, nameOfStep, type FramePath } from '../../state/frame-path'
import { digitsFor, fixed, intervalText, whole as wholeNumber } from '../../state/numbers'
import { inRange, shownRun } from '../../state/shown'
import { useWorkbench } from '../../state/store'
import { useTrees } from '../../state/trees'
import { Swatch } from '../../widgets/world'
import { AsSelected } from './AsSelected'
import { Facts, type Fact } from './Facts'
import { FrameCosts } from './FrameCosts'

export function FrameInspector({ run: whole, path }: { run: SessionRun; path: FramePath }) {
  const run = useWorkbench((state) => shownRun(state, whole))
  const range = useWorkbench((state) => inRange(state, whole) !== null)
  const view = useWorkbench((state) => state.document.view)
  const thread = useWorkbench((state) => state.flame.thread)
  const scope = hasVmmTime(run.profile) ? view.scope : 'total'
  const weight = weightIndex(run.profile, view.weight)
  const profiles = useMemo(() => [run.profile], [run])
  const { answer, failure } = useTrees('flame', profiles, { weight, scope, thread, transforms: [] })
  const tree = answer?.down.tree
  const node = tree ? boxAt(tree, path) : -1
  const step = path[path.length - 1]
  if (step === undefined) return <p className="quiet">Nothing: it is the outermost frame.</p>
  if (!tree || node < 0) {
    return (
      <>
        <p className="quiet inspector-of">{whole.name}</p>
        <h2 className={`inspector-title${whole.kind === 'imported' ? ' mono' : ''}`}>{nameOfStep(step)}</h2>
        <p className="quiet">{tree ? 'It has no time in what is shown now.' : failure?.what ?? 'Its figures are being worked out.'}</p>
        {whole.kind === 'simulated' && <FrameCosts run={whole} path={path} />}
      </>
    )
  }
  const type = run.profile.weightTypes[weight]
  const share = shareOf(tree.total[node]!, tree.total[0]!, type)
  const self = shareOf(tree.self[node]!, tree.total[0]!, type)
  const digits = digitsFor(share.ci95)
  const unit = type?.unit === 'count' ? type.name : type?.unit ?? ''
  const facts: Fact[] = [
    ['self', <>{fixed(self.percent, digitsFor(self.ci95))} % {self.ci95 && <span className="quiet">{intervalText(self.ci95, digitsFor(self.ci95))}</span>}</>],
    [`total, ${unit}`, wholeNumber(tree.total[node]!)],
    [`self, ${unit}`, wholeNumber(tree.self[node]!)],
    [`all, ${unit}`, wholeNumber(tree.total[0]!)],
  ]
  return (
    <>
      <p className="quiet inspector-of">{run.name}</p>
      <h2 className={`inspector-title${run.kind === 'imported' ? ' mono' : ''}`}>{nameOfStep(step)}</h2>
      <AsSelected run={whole} />
      <p className="inspector-figure">
        <strong>{fixed(share.percent, digits)} %</strong> of {wholeName(scope, partName(run.profile, thread))}{range ? ' in the range' : ''}{' '}
        {share.ci95 && <span className="quiet">{intervalText(share.ci95, digits)}</span>}
      </p>
      <p className="inspector-world"><Swatch world={tree.world[node]!} />{worldNames[tree.world[node]!]}</p>
      {moduleOfStep(step) !== '' && <p className="quiet">{moduleOfStep(step)}</p>}
      <Facts facts={facts} />
      <h3>How</h3>
      <p>{type?.kind === 'true' ? 'Counted: every cycle of the simulated machine is charged to exactly one stack, so this figure has no error.'
        : 'Sampled: samples that found this function on the stack, with a 95 % Wilson interval where samples are counted one by one.'}</p>
      {whole.kind === 'simulated' ? <FrameCosts run={whole} path={path} /> : <WhyWorld tree={tree} node={node} />}
      <h3>Called by</h3>
      <ol className="stack">{path.slice(0, -1).reverse().map((one, index) => <li key={index} className={run.kind === 'imported' ? 'mono' : undefined}>{nameOfStep(one)}</li>)}</ol>
      {path.length === 1 && <p className="quiet">Nothing: it is the outermost frame.</p>}
    </>
  )
}

/** A recorded frame is in the world of what calls it, until a rule says otherwise. */
function WhyWorld({ tree, node }: { tree: CallTree; node: number }) {
  const world = tree.world[node]!
  let from = node
  while (tree.parent[from]! > 0 && tree.world[tree.parent[from]!] === world) from = tree.parent[from]!
  const name = tree.frames.name[tree.frame[from]!]!
  return (
    <>
      <h3>Why this world</h3>
      <p className="quiet">
        {worldNames[world]} by a rule on the name, the module or the thread of {from === node ? 'this frame' : <span className="mono">{name}</span>}
        {from === node ? '.' : ', which calls it: what a frame calls is in its world until another rule matches.'}
      </p>
    </>
  )
}
