import { useMemo } from 'react'
import { Panel, Separator } from 'react-resizable-panels'
import { partName } from '../../../engine/profile/parts'
import type { SessionRun } from '../../../engine/session/document'
import { setAround } from '../../state/actions-flame'
import { select, setFirstRow, setZoom } from '../../state/actions-view'
import { selectedRun } from '../../state/derived'
import { inRow } from '../../state/flame-rows'
import { marked, matchOf, nextMatch } from '../../state/flame-search'
import { selectedNode, selectionOfFunction, selectionOfNode, stepOfSelection } from '../../state/flame-selection'
import { invertedOf, sandwichOf, shownFlame, type Drawing, type ShownFlame } from '../../state/flame-shown'
import type { FlamePlace } from '../../state/flame-state'
import { widthUnit } from '../../state/flame-units'
import { moduleOfStep, nameOfStep } from '../../state/frame-path'
import { useWorkbench, type FrameAs, type Workbench } from '../../state/store'
import { Panels } from '../../widgets/Panels'
import { EmptyFlame } from './EmptyFlame'
import { FlameDrawing } from './FlameDrawing'
import { FlameHeader } from './FlameHeader'
import { zoomToNode } from './navigation'
import { RowStrip } from './RowStrip'
import { Sandwich } from './Sandwich'
import { TransformChips } from './TransformChips'
import { Twins } from './Twins'
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
  const flame = useWorkbench((state) => shownFlame(state, run))
  const range = useWorkbench((state) => state.range)
  // one by one: the place changes with every turn of the wheel and is none of this component's business
  const order = useWorkbench((state) => state.flame.order)
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
  const around = chosenAround ?? (step || topFunction(flame))
  const drawing = drawingOf(flame, order, around)
  const match = useMemo(() => drawing && matchOf(drawing.tree, search), [drawing, search])
  const rowMatch = useMemo(() => {
    const test = drawing && selection.kind === 'row' && selection.run === run.id ? inRow(flame, drawing.tree, selection.row) : null
    return drawing && test && marked(drawing.tree, test)
  }, [flame, drawing, selection, run.id])
  const box: FrameAs['order'] = order === 'sandwich' ? 'callees' : order
  const selectedBox = useMemo(() => (drawing ? selectedNode(flame, box, drawing.tree, selection) : -1), [flame, box, drawing, selection])
  const choose = (node: number) => {
    if (drawing) select(selectionOfNode(flame, box, drawing.tree, node) ?? { kind: 'run', run: run.id })
  }
  const onStep = (direction: 1 | -1) => {
    const node = drawing && match ? nextMatch(drawing.layout, match, selectedBox, direction) : -1
    if (node > 0) choose(node)
  }
  const matched = match?.matched ?? rowMatch?.matched ?? null
  const shared = { flame, unit, matched, onStep, placeOf, onPlace: movePlace }
  return (
    <section className="flame" aria-label={`Flame of ${run.name}`}>
      <FlameHeader flame={flame} unit={unit} match={match} onStep={onStep} around={step || around} />
      <TransformChips flame={flame} />
      <Panels orientation="vertical" id="flame-panels" panelIds={['flame-chart', 'flame-table']} className="flame-panels">
        <Panel id="flame-chart" minSize={130} defaultSize="58" className="flame-top">
          {flame.down.tree.total[0]! <= 0 ? <NothingLeft flame={flame} /> : order === 'sandwich'
            ? <Sandwich {...shared} around={around} />
            : drawing && (
              <FlameDrawing {...shared} drawing={drawing} order={order} upward={upward} axis testId="flame-canvas"
                what={`${order === 'up' ? 'Bottom-up flame graph' : 'Flame graph'} of ${run.name}, ${unit.words}`} />
            )}
          <CutNote flame={flame} order={order} around={around} />
          <RowStrip flame={flame} />
          <WorldLegend profile={flame.profile} />
        </Panel>
        <Separator className="splitter horizontal" />
        <Panel id="flame-table" minSize={84} defaultSize="42">
          <Twins flame={flame} drawing={drawing} order={order} unit={unit} selectedFrame={frameOf(flame, step)} selectedBox={selectedBox}
            onFunction={(frame) => {
              const { tree } = flame.down
              select(selectionOfFunction(flame, frame))
              if (order === 'sandwich') setAround(`${tree.frames.module[frame]!}\n${tree.frames.name[frame]!}`)
            }}
            onBox={choose} onZoom={(node) => { if (drawing) setZoom(zoomToNode(drawing.layout, node)) }} />
        </Panel>
      </Panels>
    </section>
  )
}

function drawingOf(flame: ShownFlame, order: 'down' | 'up' | 'sandwich', around: string | null): Drawing | null {
  if (order === 'down') return flame.down
  if (order === 'up') return invertedOf(flame)
  return around === null ? null : sandwichOf(flame, around)?.callees ?? null
}

/** The function with most time of its own. */
function topFunction({ down: { functions, tree } }: ShownFlame): string | null {
  const frame = functions.frame[0]
  return frame === undefined ? null : `${tree.frames.module[frame]!}\n${tree.frames.name[frame]!}`
}

function frameOf({ down: { tree: { frames } } }: ShownFlame, step: string): number {
  if (step === '') return -1
  const [name, module] = [nameOfStep(step), moduleOfStep(step)]
  return frames.name.findIndex((one, id) => one === name && frames.module[id] === module)
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
function CutNote({ flame, order, around }: { flame: ShownFlame; order: 'down' | 'up' | 'sandwich'; around: string | null }) {
  const tree = order === 'up' ? invertedOf(flame).tree : order === 'sandwich' && around !== null ? sandwichOf(flame, around)?.callers.tree : null
  if (!tree || tree.cutAtDepth === null) return null
  return (
    <p className="flame-row" role="status">
      Too many callers to draw: only those up to {tree.cutAtDepth - 1} calls away are shown. Focus or hide something to see more.
    </p>
  )
}
