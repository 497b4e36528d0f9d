import { useMemo, useState } from 'react'
import { unlikeSamples } from '../../../engine/profile/compare'
import { diffLooks } from '../../charts/diff-looks'
import { FlameCanvas } from '../../charts/FlameCanvas'
import type { FlameScene, Range } from '../../charts/scene'
import { select, setCompareHover, setCompareZoom } from '../../state/actions-view'
import { rangesOf, type CompareBoxes, type Icicle as IcicleOf } from '../../state/compare-boxes'
import { wholeName } from '../../state/derived'
import { digitsOfCounted, intervalOf, verdictWords } from '../../state/difference-words'
import { boxAt, nameOfStep, nodeOf, pathOf, type FramePath } from '../../state/frame-path'
import { digitsFor, fixed } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { DifferenceLegend } from './DifferenceLegend'
import { looksOfBoxes } from './box-looks'
import { icicleKey } from './icicle-keys'
import { IcicleHeader } from './IcicleHeader'
import type { Compared } from './use-boxes'

type Name = 'A' | 'B' | 'Δ'
const names: readonly Name[] = ['A', 'B', 'Δ']

/** A above B above their difference, on one scale and in one order; what is under the pointer is marked on all three. */
export function Icicles({ compared }: { compared: Compared }) {
  const { boxes, scope } = compared
  const { zoom, hover } = useWorkbench((state) => state.compare)
  const selection = useWorkbench((state) => state.selection)
  const dark = useWorkbench((state) => state.dark)
  const [firstRow, setFirstRow] = useState(0)
  const ranges = useMemo(() => rangesOf(boxes, zoom), [boxes, zoom])
  const of = useMemo(() => looksOfBoxes(boxes), [boxes])
  const painted = useMemo(() => ({ of, looks: diffLooks[dark ? 'dark' : 'light'] }), [of, dark])
  const chosen = selection.kind === 'frame' ? selection.path : null
  const last = boxes.mean.layout.rowStart.length - 2
  return (
    <div className="icicles">
      <IcicleHeader compared={compared} zoom={zoom} />
      <p className="icicle-detail"><FrameDetail boxes={boxes} path={hover ?? chosen} /></p>
      {names.map((name, index) => (
        <Icicle key={name} name={name} compared={compared} icicle={[boxes.a, boxes.b, boxes.mean][index]!}
          range={ranges[index] ?? null} rootLabel={wholeName(scope, null)} hover={hover} chosen={chosen} zoom={zoom}
          firstRow={Math.min(firstRow, last)} onRows={(rows) => setFirstRow((row) => Math.max(0, Math.min(last, row + rows)))}
          {...(name === 'Δ' ? { painted } : {})} />
      ))}
      <DifferenceLegend boxes={boxes} unlike={unlikeSamples(compared.pair.a.profile, compared.pair.b.profile)} />
    </div>
  )
}

function FrameDetail({ boxes, path }: { boxes: CompareBoxes; path: FramePath | null }) {
  const node = path && path.length > 0 ? boxAt(boxes.mean.tree, path) : -1
  if (node < 0) return <span className="quiet">Point at a box to see it in A, in B and their difference.</span>
  const { differences, measure, union, weight } = boxes
  const interval = intervalOf(differences, node)
  const digits = interval ? digitsFor(interval) : digitsOfCounted(Math.max(measure.wholeA, measure.wholeB))
  const side = (nodeOfSide: number, value: number, whole: number) => {
    if (nodeOfSide < 0) return 'none'
    const share = measure.mode === 'share' || whole === 0 ? '' : ` (${fixed((100 * value) / whole, 1)} %)`
    return `${fixed(value, digits)} ${measure.unit}${share}`
  }
  const verdict = verdictClass(differences.verdict[node]!)
  return (
    <span className="num frame-detail" title={nameOfStep(path!.at(-1)!)}>
      <strong>{nameOfStep(path!.at(-1)!)}</strong> A {side(union.nodeA[node]!, differences.a[node]!, measure.wholeA)},{' '}
      B {side(union.nodeB[node]!, differences.b[node]!, measure.wholeB)}:{' '}
      <span className={`verdict ${verdict}`}>
        {verdictWords(differences, node, { unit: measure.unitOfDifference, parts: 'boxes', evidence: weight.evidence, digits })}
      </span>
    </span>
  )
}

export function verdictClass(verdict: number): 'higher' | 'lower' | 'no-evidence' {
  return verdict > 0 ? 'higher' : verdict < 0 ? 'lower' : 'no-evidence'
}

interface IcicleProps {
  name: Name
  compared: Compared
  icicle: IcicleOf
  range: Range | null
  rootLabel: string
  hover: FramePath | null
  chosen: FramePath | null
  zoom: FramePath
  firstRow: number
  onRows: (rows: number) => void
  painted?: FlameScene['painted']
}

const testIds: Record<Name, string> = { A: 'compare-flame-a', B: 'compare-flame-b', Δ: 'compare-flame-difference' }

function Icicle(props: IcicleProps) {
  const { name, compared: { pair, boxes: { union, measure } }, icicle: { tree, layout, whole }, range, rootLabel } = props
  const { hover, chosen, zoom, firstRow, onRows, painted } = props
  const dark = useWorkbench((state) => state.dark)
  const selected = chosen ? boxAt(tree, chosen) : -1
  const hovered = hover ? nodeOf(tree, hover) : -1
  const mono = pair.a.kind === 'imported' && pair.b.kind === 'imported'
  const scene = useMemo<FlameScene | null>(() => range && ({
    tree, layout, rootLabel, whole, unit: measure.unit, range, axis: name === 'Δ', firstRow, dark, mono, matched: null,
    selected, hovered, ...(painted ? { painted } : {}),
  }), [tree, layout, rootLabel, whole, measure, range, name, firstRow, dark, mono, selected, hovered, painted])
  const own = name === 'A' ? pair.a : pair.b
  const words = name === 'Δ' ? 'Difference of B and A, drawn at the mean of both' : `Icicle of ${name}, ${own.name}`
  const choose = (node: number) => {
    // a box that this side does not have is chosen on the other
    const inA = union.nodeA[node]! >= 0
    const run = name === 'A' ? (inA ? pair.a : pair.b) : (union.nodeB[node]! >= 0 ? pair.b : pair.a)
    select(node > 0 ? { kind: 'frame', run: run.id, path: pathOf(tree, node) } : { kind: 'run', run: run.id })
  }
  return (
    <div className={`icicle${name === 'Δ' ? ' with-axis' : ''}`}>
      <span className="icicle-name" title={name === 'Δ' ? words : own.name}>{name}</span>
      {scene ? (
        <FlameCanvas scene={scene} testId={testIds[name]}
          label={`${words}. Arrow keys move, Enter zooms, Escape zooms out; the functions below have the figures.`}
          hover={(node) => setCompareHover(node > 0 ? pathOf(tree, node) : null)}
          click={(node) => {
            if (node < 0) return
            choose(node)
            setCompareZoom(pathOf(tree, node))
          }}
          doubleClick={() => undefined}
          wheel={(_, move) => { if (move.rows !== 0) onRows(move.rows) }}
          onKeyDown={(event) => {
            const move = icicleKey(event, tree, selected, zoom)
            if (!move) return
            event.preventDefault()
            event.stopPropagation()
            if (move.select !== undefined) choose(move.select)
            if (move.zoom) setCompareZoom(move.zoom)
          }} />
      ) : <p className="quiet icicle-missing">{tree.total[0]! > 0 ? `${own.name} has no such box. Zoom out to see it.` : `${own.name} took no samples.`}</p>}
    </div>
  )
}
