import { useMemo } from 'react'
import { figureIds, type FigureId } from '../../../engine/experiments/run-figures'
import { knobIds, swingPercent, type Swing, type TornadoRequest } from '../../../engine/experiments/tornado-types'
import { barPlot, type Bar } from '../../charts/bar-plot'
import { inksOf } from '../../theme/inks'
import { Plot } from '../../charts/Plot'
import { cancelTornado, pointAtSlider, runTornado, setSwing, setTornadoFigure } from '../../state/actions-what-if'
import { digitsFor, fixed, intervalText, signed } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { draftOfScenario, limitOf, sameDraft, sliderLabel, whatIfWords } from '../../state/what-if-state'
import { Segmented } from '../../widgets/controls'
import { Dash } from '../../widgets/Dash'
import { tornadoRows, type End, type TornadoRow } from './tornado-rows'

const figureWords: Record<FigureId, { label: string; unit: string; better: 'up' | 'down' | null }> = {
  throughputMbps: { label: 'throughput', unit: 'Mb/s', better: 'up' },
  microsecondsAPacket: { label: 'µs a packet', unit: 'µs', better: 'down' },
  idlePercent: { label: 'guest idle', unit: 'points of total time', better: null },
}
const swingWords: Record<Swing, string> = { range: 'low and high of the sheet', percent: `±${swingPercent} %` }
/** More would be thinner than their names. */
const mostBars = 14

/** Which entries matter most: each turned to both ends of its swing, all else as the sliders say. */
export function Tornado() {
  const { figure, swing, running, result } = useWorkbench((state) => state.whatIf.tornado)
  const request = running?.request ?? result?.request ?? null
  const bars = running?.bars ?? result?.bars
  const rows = useMemo(() => tornadoRows(bars ?? [], figure), [bars, figure])
  return (
    <div className="tornado">
      <div className="what-if-choices">
        <Segmented label="Effect on" value={figure} onChange={setTornadoFigure} testId="tornado-figure"
          options={figureIds.map((value) => ({ value, label: figureWords[value].label }))} />
        <Segmented label="How far each entry is turned" value={swing} onChange={setSwing} testId="tornado-swing"
          options={(['range', 'percent'] as const).map((value) => ({ value, label: swingWords[value] }))} />
        {running
          ? <button type="button" className="button" onClick={cancelTornado}>Cancel</button>
          : <button type="button" className="button primary" data-testid="tornado-run" onClick={() => void runTornado()}>{result ? 'Run again' : 'Run'}</button>}
      </div>
      {request && <State request={request} done={bars?.length ?? 0} running={running !== null} swing={swing} />}
      {rows.length === 0
        ? <p className="quiet tornado-state">{running ? 'The first entries are being turned.' : `Turns each of the ${knobIds.length} entries down and up, three seeds each, in the background: ${(2 * knobIds.length + 1) * 3} runs.`}</p>
        : <Drawn rows={rows} figure={figure} />}
    </div>
  )
}

function State({ request, done, running, swing }: { request: TornadoRequest; done: number; running: boolean; swing: Swing }) {
  const draft = useWorkbench((state) => state.whatIf.draft)
  const of = draftOfScenario(request.scenario)
  const old = swing !== request.swing || !sameDraft({ ...of, seed: draft.seed }, draft)
  return (
    <p className="quiet tornado-state" role="status" data-testid="tornado-state">
      {running ? `running: ${done} of ${request.knobs.length} entries; ` : `${done} entries; `}
      {swingWords[request.swing]}{request.swing === 'range' ? ` (clock and link ±${swingPercent} %)` : ''}, {request.seeds.length} seeds each, differences seed by seed;
      {' '}grey: the 95 % interval holds zero. For {whatIfWords(of)}{old && !running && <strong>: not what the sliders say now</strong>}
    </p>
  )
}

function Drawn({ rows, figure }: { rows: readonly TornadoRow[]; figure: FigureId }) {
  const dark = useWorkbench((state) => state.dark)
  const shown = useMemo(() => rows.slice(0, mostBars), [rows])
  const { label, unit } = figureWords[figure]
  const { option, owners } = useMemo(() => {
    const categories = shown.map((row) => ({ name: sliderLabel(row.bar.knob), bars: barsOf(row, figure, dark) }))
    return {
      option: barPlot({ categories, value: { name: `change of ${label} (${unit})`, text: (value) => String(Number(value.toPrecision(3))) }, horizontal: true, dark }),
      owners: shown.flatMap((row, i) => categories[i]!.bars.map(() => row.bar.knob)),
    }
  }, [shown, figure, label, unit, dark])
  return (
    <div className="tornado-scroll" tabIndex={0} role="region" aria-label="What matters most">
      <div className="tornado-plot">
        <Plot option={option} testId="tornado-plot" label={`Change of ${label} when each entry is turned down and up, the ${shown.length} widest. The table below has all.`}
          onClick={({ dataIndex }) => {
            const owner = owners[dataIndex]
            if (owner) pointAtSlider(owner)
          }} />
      </div>
      <table className="what-if-table" data-testid="tornado-table">
        <caption className="visually-hidden">Change of {label} in {unit} when each entry is turned down and up</caption>
        <thead>
          <tr>
            <th scope="col">Entry</th>
            <th scope="col" className="num">low to</th>
            <th scope="col" className="num">change [95 %]</th>
            <th scope="col" className="num">high to</th>
            <th scope="col" className="num">change [95 %]</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.bar.knob} data-testid={`tornado-row-${row.bar.knob}`}>
              <th scope="row">
                <button type="button" className="link" title={`Show its slider; now ${row.bar.value} ${limitOf(row.bar.knob).unit}`} onClick={() => pointAtSlider(row.bar.knob)}>
                  {sliderLabel(row.bar.knob)}
                </button>
              </th>
              <EndCells end={row.low} problem={row.bar.problem} />
              <EndCells end={row.high} problem={row.bar.problem} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function EndCells({ end, problem }: { end: End | null; problem: string | undefined }) {
  const reason = problem ?? 'Runs of this scenario have no such figure.'
  if (!end) return <>{[0, 1].map((i) => <td key={i} className="num"><Dash reason={reason} /></td>)}</>
  const { ci95, mean, evidence } = end.effect
  const digits = digitsFor(ci95)
  return (
    <>
      <td className="num quiet">{end.value}</td>
      <td className="num tornado-change" title={evidence}>
        <span className={end.evidence ? 'strong' : 'quiet'}>{signed(mean, digits)}</span>{' '}
        <span className="quiet">{ci95 ? intervalText(ci95, digits) : <Dash reason={evidence} />}</span>
      </td>
    </>
  )
}

function barsOf({ bar, low, high }: TornadoRow, figure: FigureId, dark: boolean): Bar[] {
  const { unit } = figureWords[figure]
  const ends = ([['low', low], ['high', high]] as const).flatMap(([side, end]) => (end ? [{ side, end }] : []))
    .sort((a, b) => Math.abs(b.end.effect.mean) - Math.abs(a.end.effect.mean))
  const sameSide = ends.length > 1 && Math.sign(ends[0]!.end.effect.mean) === Math.sign(ends[1]!.end.effect.mean)
  return ends.map(({ side, end }, i): Bar => {
    const { mean, ci95, evidence, n } = end.effect
    const interval = ci95 ? `, 95 % ${fixed(ci95[0], 3)} to ${fixed(ci95[1], 3)}` : ''
    return {
      from: 0, to: mean, colour: colourOf(end, figure, dark),
      // of two bars on one side the shorter lies on the longer: one label has room
      text: sameSide && i > 0 ? '' : String(end.value),
      tip: `${sliderLabel(bar.knob)} ${side}: ${end.value} ${limitOf(bar.knob).unit}, from ${bar.value}\n${signed(mean, 3)} ${unit}${interval}, n ${n}\n${evidence}`,
    }
  })
}

/** Red and blue say slower and faster; idle time is neither; grey is no evidence. */
function colourOf({ evidence, effect }: End, figure: FigureId, dark: boolean): string {
  const { slower, faster, quiet, line, accent } = inksOf(dark)
  if (!evidence) return line
  const { better } = figureWords[figure]
  if (better === null) return effect.mean > 0 ? accent : quiet
  return (effect.mean > 0) === (better === 'up') ? faster : slower
}
