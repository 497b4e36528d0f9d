import { useEffect, useMemo } from 'react'
import { optimizationsOf } from '../../../engine/experiments/ladder-shares'
import type { Scenario } from '../../../engine/machine/scenario'
import { barPlot } from '../../charts/bar-plot'
import { inksOf } from '../../theme/inks'
import { Plot } from '../../charts/Plot'
import { cancelLadder, openCombination, startLadder } from '../../state/actions-compare'
import type { Pair } from '../../state/compare'
import { ladderKey, ladderScenario, ladderView, ladderWords, measureWords, optimizationNames, type LadderView } from '../../state/compare-ladder'
import type { LadderMeasure } from '../../state/compare-state'
import { ladderText } from '../../state/compare-text'
import { digitsFor, fixed, intervalText, signed } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { LadderControls } from './LadderControls'
import { LadderRows, LadderSteps } from './LadderTables'
import { TextButtons } from './TextButtons'

/** From version 2.0 to optimized, one optimization at a time, or why these two runs have no such ladder. */
export function Ladder({ pair }: { pair: Pair }) {
  const found = useMemo(() => ladderScenario(pair), [pair])
  if ('why' in found) {
    return (
      <div className="empty" data-testid="no-ladder">
        <h2>No ladder between these two</h2>
        <p>{found.why}</p>
      </div>
    )
  }
  return <LadderOf scenario={found.scenario} />
}

function LadderOf({ scenario }: { scenario: Scenario }) {
  const ladder = useWorkbench((state) => state.compare.ladder)
  const { order, measure, runs, halfWidthFactor, seeds, bytes, state } = ladder
  const key = ladderKey(scenario, { seeds, bytes })
  const current = ladder.key === key
  useEffect(() => {
    if (!current) void startLadder(scenario)
  }, [current, scenario])
  const view = useMemo(
    () => (current ? ladderView(runs, halfWidthFactor, order, measure) : null), [current, runs, halfWidthFactor, order, measure],
  )
  return (
    <div className="ladder" data-testid="ladder" data-state={current ? state : 'running'}>
      <LadderControls ladder={ladder} />
      <div className="compare-scroll ladder-scroll" tabIndex={0} role="region" aria-label="The ladder and its tables">
        <Progress done={runs.length} total={8 * seeds} state={current ? state : 'running'} onAgain={() => void startLadder(scenario)} />
        {view && <Waterfall view={view} measure={measure} onOpen={(combination) => void openCombination(scenario, optimizationsOf(combination))} />}
        {view && (
          <>
            <LadderSteps view={view} onOpen={(combination) => void openCombination(scenario, optimizationsOf(combination))} />
            <LadderRows view={view} />
            <div className="compare-tools">
              <span className="quiet">
                Counted by the simulation, not sampled: intervals (95 %, Student) are of the mean over {view.seeds === 1 ? '1 seed' : `${view.seeds} seeds`}.
                Any order: Shapley, the mean over all six orders. A click on a bar runs that combination and keeps it.
              </span>
              <TextButtons name="Ladder from 2.0 to optimized" text={() => ladderText(view)} />
            </div>
          </>
        )}
      </div>
    </div>
  )
}

interface ProgressProps {
  done: number
  total: number
  state: 'none' | 'running' | 'done' | 'cancelled'
  onAgain: () => void
}

function Progress({ done, total, state, onAgain }: ProgressProps) {
  if (state === 'done') return null
  return (
    <p className="ladder-progress" role="status">
      {state === 'running'
        ? <>Working it out: {done} of {total} runs. <button type="button" className="button" onClick={cancelLadder}>Cancel</button></>
        : <>Stopped after {done} of {total} runs. <button type="button" className="button" onClick={onAgain}>Work it out</button></>}
    </p>
  )
}

interface WaterfallProps {
  view: LadderView
  measure: LadderMeasure
  onOpen: (combination: number) => void
}

function Waterfall({ view, measure, onOpen }: WaterfallProps) {
  const dark = useWorkbench((state) => state.dark)
  const option = useMemo(() => waterfall(view, measure, dark), [view, measure, dark])
  return (
    <>
      <p className="ladder-words">{ladderWords(view)}</p>
      <div className="ladder-plot">
        <Plot option={option} testId="ladder-plot" onClick={({ dataIndex }) => {
          const rung = view.rungs[Math.min(dataIndex, view.rungs.length - 1)]
          if (rung) onOpen(rung.combination)
        }} label={`Waterfall from 2.0 to optimized in ${measureWords[measure]}. The table of steps below has the same figures.`} />
      </div>
    </>
  )
}

/** Bars 0 to 3 stand for the rungs that they reach; the last one is the whole of the last rung. */
function waterfall({ rungs, steps }: LadderView, measure: LadderMeasure, dark: boolean) {
  const { slower, faster, quiet } = inksOf(dark)
  const level = (at: number, name: string) => {
    const { mean, ci95 } = rungs.at(at)!.microseconds
    const digits = Math.max(1, digitsFor(ci95))
    return { name, bars: [{ from: 0, to: mean, colour: quiet, text: fixed(mean, 1), tip: `${name}: ${fixed(mean, digits)} ${measureWords[measure]}` }] }
  }
  return barPlot({
    horizontal: true, dark, value: { name: measureWords[measure], text: (value) => fixed(value, 0), min: 0 },
    categories: [
      level(0, '2.0'),
      ...steps.map(({ optimization, from, to, change: { mean, ci95 } }) => ({
        name: `+ ${optimizationNames[optimization]}`,
        bars: [{
          from, to, colour: to <= from ? faster : slower, text: signed(mean, 1),
          tip: `${optimizationNames[optimization]}: ${signed(mean, 1)} µs a packet${ci95 ? ` ${intervalText(ci95, digitsFor(ci95))}` : ''}`,
        }],
      })),
      level(-1, 'optimized'),
    ],
  })
}
