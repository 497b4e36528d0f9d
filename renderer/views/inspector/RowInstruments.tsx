import { readingsOf, type Reading } from '../../../engine/experiments/row-instruments'
import type { SimulatedRun } from '../../../engine/session/document'
import { digitsFor, fixed, intervalText } from '../../state/numbers'
import { Facts, type Fact } from './Facts'

/** What each instrument says of a row alone. Of the whole run: direct measurements are not kept by range. */
export function RowInstruments({ run, rowId, range }: { run: SimulatedRun; rowId: string; range: boolean }) {
  const readings = readingsOf(run.report).find(({ id }) => id === rowId)
  if (!readings) return null
  const { sampled, direct, derived } = readings
  const facts: Fact[] = [fact('sampled', sampled), fact('direct', direct), ...(derived.percent === null ? [] : [fact('derived', derived)])]
  return (
    <>
      <h3>By each instrument{range ? ', whole run' : ''}</h3>
      <Facts facts={facts} />
      {direct.words && <p className="quiet">Direct: {direct.words}.</p>}
    </>
  )
}

function fact(name: string, reading: Reading): Fact {
  if (reading.percent === null) return [name, <span className="quiet reason">{reading.why}</span>]
  const digits = reading.ci95 ? digitsFor(reading.ci95) : 2
  return [name, `${fixed(reading.percent, digits)} %${reading.ci95 ? ` ${intervalText(reading.ci95, digits)}` : ''}`]
}
