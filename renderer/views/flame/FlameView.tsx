import { useMemo } from 'react'
import { Panel, Separator } from 'react-resizable-panels'
import { partName } from '../../../engine/profile/parts'
import type { SessionRun } from '../../../engine/session/document'
import { setAround } from '../../state/actions-flame'
import { select, setFirstRow, setZoom } from '../../state/actions-view'
import { selectedRun } from '../../state/derived'
import { inRow } from '../../state/flame-rows'
import { markedSteps } from '../../state/flame-search'
import { selectedNode, selectionOfFunction, selectionOfNode, stepOfSelection } from '../../state/flame-selection'
import type { ShownFlame } from '../../state/flame-shown'
import type { FlamePlace } from '../../state/flame-state'
import { widthUnit } from '../../state/flame-units'
import { useClassification } from '../../state/imported-tables'
import { frameOfStep } from '../../state/frame-path'
import { whole as wholeNumber } from '../../state/numbers'
import { useWorkbench, type FrameAs, type Workbench } from '../../state/store'
import { LayingOut, StaleNote } from '../../widgets/LayingOut'
import { Panels } from '../../widgets/Panels'
import { EmptyFlame } from './EmptyFlame'
import { FlameDrawing } from './FlameDrawing'
import { FlameHeader } from './FlameHeader'
import { zoomToNode } from './navigation'
import { RowStrip } from './RowStrip'
import { Sandwich } from './Sandwich'
import { TransformChips } from './TransformChips'
import { Twins } from './Twins'
import { useMatch, useMatchSteps, useSearch } from './use-match'
import { topFunction, usePicture, type Picture } from './use-picture'
import { WorldLegend } from './WorldLegend'
import './flame.css'

export function FlameView() {
  const run = useWorkbench(selectedRun)
  return run ? <FlameOfRun key={run.id} run={run} /> : <EmptyFlame />
}

const placeOf = (state: Workbench): FlamePlace => state.flame

function movePlace({ zoom, firstRow }: Partial<FlamePlace>): void {
  if (zoom) setZoom(zoom)
  if (firstRow !== undefined) setFirstRow(firstRow)
}

function FlameOfRun({ run }: { run: SessionRun }) {
  const { picture, stale, failure } = usePicture(run)
  if (!picture) {
    const words = `${run.name} has ${wholeNumber(run.profile.stacks.parent.length)} different stacks.`
    return <LayingOut words={words} failure={failure} testId="flame-laying-out" />
  }
  return (
    <section className="flame" aria-label={`Flame of ${run.name}`} aria-busy={stale && !failure}>
      <FlameOfPicture run={run} picture={picture} />
      {stale && <StaleNote failure={failure} />}
    </section>
  )
}

function FlameOfPicture({ run, picture }: { run: SessionRun; picture: Picture }) {
  const { flame, order, around, drawing } = picture
  const range = useWorkbench((state) => state.range)
  // one by one: the place changes with every turn of the wheel and is none of this component's business
  const search = useWorkbench((state) => state.flame.search)
  const chosenUnit = useWorkbench((state) => state.flame.unit)
  const chosenAround = useWorkbench((state) => state.flame.around)
  const upward = useWorkbench((state) => state.flame.upward)
  const selection = useWorkbench((workbench) => workbench.selection)
  const thread = partName(run.profile, flame.thread)
  const unit = useMemo(
    () => widthUnit({ range }, run, chosenUnit, flame.scope, thread), [range, run, chosenUnit, flame.scope, thread],
  )
  const step = selection.kind === 'frame' && selection.run === run.id ? stepOfSelection(selection) : ''
  const tree = drawing?.tree ?? null
  const matching = useSearch(drawing, search)
  // rows are by the classification, which for a large profile comes when a row or a box is asked about
  const rows = useClassification(selection.kind !== 'run' && selection.kind !== 'none' && selection.run === run.id ? flame.run : null).answer
  const rowSteps = useMemo(() => {
    const test = tree && selection.kind === 'row' && selection.run === run.id && (rows || run.kind === 'simulated')
      ? inRow(flame.run, tree, selection.row) : null
    return tree && test && (() => markedSteps(tree, test))
  }, [flame, tree, selection, rows, run.id, run.kind])
  const rowMatch = useMatch(tree, rowSteps).match
  const box: FrameAs['order'] = order === 'sandwich' ? 'callees' : order
  const selectedBox = useMemo(() => (drawing ? selectedNode(flame, box, drawing.tree, selection) : -1), [flame, box, drawing, selection])
  const choose = (node: number) => {
    if (drawing) select(selectionOfNode(flame, box, drawing.tree, node) ?? { kind: 'run', run: run.id })
  }
  const onStep = useMatchSteps({ ...matching, drawing, selectedBox, choose })
  const matched = matching.match?.matched ?? rowMatch?.matched ?? null
  const shared = { flame, unit, matched, onStep, placeOf, onPlace: movePlace }
  return (
    <>
      <FlameHeader flame={flame} unit={unit} matching={matching} onStep={onStep} around={step || (chosenAround ?? topFunction(flame))} />
      <TransformChips flame={flame} />
      <Panels orientation="vertical" id="flame-panels" panelIds={['flame-chart', 'flame-table']} className="flame-panels">
        <Panel id="flame-chart" minSize={130} defaultSize="58" className="flame-top">
          {flame.down.tree.total[0]! <= 0 ? <NothingLeft flame={flame} /> : order === 'sandwich'
            ? <Sandwich {...shared} around={around} callers={picture.callers} callees={drawing} />
            : drawing && (
              <FlameDrawing {...shared} drawing={drawing} order={order} upward={upward} axis testId="flame-canvas"
                what={`${order === 'up' ? 'Bottom-up flame graph' : 'Flame graph'} of ${run.name}, ${unit.words}`} />
            )}
          <CutNote cutAtDepth={picture.cutAtDepth} />
          <RowStrip flame={flame} />
          <WorldLegend flame={flame} />
        </Panel>
        <Separator className="splitter horizontal" />
        <Panel id="flame-table" minSize={84} defaultSize="42">
          <Twins flame={flame} drawing={drawing} order={order} unit={unit} selectedFrame={step === '' ? -1 : frameOfStep(flame.down.tree.frames, step)}
            selectedBox={selectedBox}
            onFunction={(frame) => {
              const { tree } = flame.down
              select(selectionOfFunction(flame, frame))
              if (order === 'sandwich') setAround(`${tree.frames.module[frame]!}\n${tree.frames.name[frame]!}`)
            }}
            onBox={choose} onZoom={(node) => { if (drawing) setZoom(zoomToNode(drawing.layout, node)) }} />
        </Panel>
      </Panels>
    </>
  )
}

function NothingLeft({ flame }: { flame: ShownFlame }) {
  return (
    <div className="empty">
      <h2>{flame.whole > 0 ? 'Nothing is left' : 'No samples'}</h2>
      <p>{flame.whole > 0 ? 'The steps above leave no sample of this profile. Remove one of them.' : whyNoWeight(flame)}</p>
    </div>
  )
}

function whyNoWeight({ run, weight }: ShownFlame): string {
  const sampled = run.profile.weightTypes[weight]?.kind === 'sampled'
  if (sampled && run.kind === 'simulated' && run.report.scenario.samplerHz === 0) {
    return 'The sampler was off in this run. "true cycles" above shows where its time went.'
  }
  return 'This profile has no weight in what was chosen. Choose another weight, thread or range.'
}

/** Too big is said, not shown as if it were all. */
function CutNote({ cutAtDepth }: Pick<Picture, 'cutAtDepth'>) {
  if (cutAtDepth === null) return null
  return (
    <p className="flame-row" role="status">
      Too many callers to draw: only those up to {cutAtDepth - 1} calls away are shown. Focus or hide something to see more.
    </p>
  )
}
