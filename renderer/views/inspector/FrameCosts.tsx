import { useEffect } from 'react'
import { functionTable } from '../../../engine/machine/functions'
import { rowById } from '../../../engine/paper/rows'
import type { SimulatedRun } from '../../../engine/session/document'
import { askForCalls, mostBytesUnasked } from '../../state/actions-method'
import { select } from '../../state/actions-view'
import type { FramePath } from '../../state/frame-path'
import { secondsText, significant, whole } from '../../state/numbers'
import { callsOfFrame, functionOfStep, spentCosts, type FunctionCalls, type SpentCost } from '../../state/row-costs'
import { rowOfFrame } from '../../state/flame-rows'
import { useWorkbench } from '../../state/store'
import { Facts, type Fact } from './Facts'

/** What a simulated function costs, why so much, and how often it is called. */
export function FrameCosts({ run, path }: { run: SimulatedRun; path: FramePath }) {
  const fn = functionOfStep(path[path.length - 1] ?? '')
  if (fn < 0) return null
  const costs = spentCosts(fn, run)
  const rowId = rowOfFrame(run, path)
  const row = rowId === null ? undefined : rowById.get(rowId)
  return (
    <>
      <h3>Row of Table 2</h3>
      {row
        ? <button type="button" className="link-text" data-testid="frame-row" onClick={() => select({ kind: 'row', run: run.id, row: row.id })}>{row.label}</button>
        : <p className="quiet">Its own time is in no row by itself.</p>}
      <h3>Calls in the whole run</h3>
      <Calls run={run} path={path} costs={costs} />
      <h3>Costs that it spends</h3>
      {costs.length === 0
        ? <p className="quiet">None of its own: {functionTable[fn]!.name === 'guest halted' ? 'time passes until an interrupt comes.' : 'all its time is in what it calls.'}</p>
        : costs.map((cost) => <Cost key={cost.id} cost={cost} />)}
    </>
  )
}

function Calls({ run, path, costs }: { run: SimulatedRun; path: FramePath; costs: readonly SpentCost[] }) {
  const asked = useWorkbench((state) => state.method.calls[run.digest])
  const unasked = run.report.scenario.bytes <= mostBytesUnasked
  useEffect(() => { if (unasked) void askForCalls(run) }, [run, unasked])
  if (!asked || asked.state === 'failed') {
    return (
      <button type="button" className="button" data-testid="count-calls" onClick={() => void askForCalls(run)}>
        {asked ? 'Count the calls again' : 'Count the calls'}
      </button>
    )
  }
  if (asked.state === 'busy') return <p className="quiet" role="status">Counting: the run is simulated once more.</p>
  const calls = callsOfFrame(run, asked.result, path)
  if (!calls) return <p className="quiet">Not known: this engine simulates the scenario otherwise than the one that made the run.</p>
  const { here, everywhere } = calls
  const same = here.calls === everywhere.calls
  return (
    <div data-testid="frame-calls">
      <Facts facts={[
        ...factsOf(same ? '' : ' from here', here, run),
        ...(same ? [] : factsOf(' from anywhere', everywhere, run)),
        ...timesSpent(everywhere, costs),
      ]} />
      <p className="quiet">Counted in the same run, simulated again; cycles are true, its own, without what it calls.</p>
    </div>
  )
}

function factsOf(from: string, { calls, cycles }: FunctionCalls, run: SimulatedRun): Fact[] {
  const label = `calls${from}`
  if (calls === 0) return [[label, 'none: nothing enters it']]
  const mhz = run.report.books.cycles / (run.report.simulatedSeconds * 1e6)
  return [
    [label, whole(calls)],
    [`cycles a call${from}`, significantOrWhole(cycles / calls)],
    [`time a call${from}`, secondsText(cycles / calls / (mhz * 1e6)).replace(' ', '\u00a0')],
  ]
}

/** A call may spend its one entry several times, as a row of privileged instructions does: derived from the cycles. */
function timesSpent({ calls, cycles }: FunctionCalls, costs: readonly SpentCost[]): Fact[] {
  const [only] = costs
  if (!only || costs.length > 1 || calls === 0 || only.spent === 0) return []
  const times = cycles / calls / only.spent
  return Math.abs(times - 1) < 0.005 ? [] : [[`${only.entry.unit === 'cycles a byte' ? 'bytes' : 'times the cost'} a call, derived`, significant(times)]]
}

const statusMeaning = {
  printed: 'printed in the paper', derived: 'derived from the paper’s figures', calibrated: 'calibrated', assumed: 'assumed',
} as const

function Cost({ cost }: { cost: SpentCost }) {
  const { id, entry, value, custom, spent, microseconds, factor } = cost
  const each = entry.unit === 'cycles a byte' ? ' a byte' : ''
  const facts: Fact[] = [
    ['value', `${significantOrWhole(value)} ${entry.unit}`],
    ...(custom ? [['in the sheet', `${significantOrWhole(entry.value)} ${entry.unit}`] as Fact] : []),
    ...(factor === 1 ? [] : [['in a virtual machine', `${significantOrWhole(spent)} ${entry.unit}, × ${significant(factor)}`] as Fact]),
    ['on this CPU', `${significant(microseconds)} µs${each}`],
    ['plausible', `${significantOrWhole(entry.low)} to ${significantOrWhole(entry.high)}`],
    ['status', custom ? 'of the custom machine' : statusMeaning[entry.status]],
    ...(entry.fittedTo && !custom ? [['absorbs', absorbed(entry.fittedTo)] as Fact] : []),
  ]
  return (
    <section className="cost" data-testid={`cost-${id}`}>
      <h4 className="mono">{id}</h4>
      <Facts facts={facts} />
      <p className="quiet">{entry.source}.</p>
      {factor !== 1 && <p className="quiet">Guest code runs slower in a VM: the entry vmLocality, {absorbsWords}.</p>}
    </section>
  )
}

const absorbsWords = 'calibrated to the row “Instructions not requiring virtualization”'

/** The row that fixes a calibrated entry: it fits by construction and proves nothing. */
function absorbed(fittedTo: string): string {
  const row = rowById.get(fittedTo)
  return row ? `this row: ${row.label}` : fittedTo
}

function significantOrWhole(value: number): string {
  return value >= 100 || Number.isInteger(value) ? whole(value) : significant(value)
}
