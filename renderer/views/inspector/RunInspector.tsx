import { scenarioName } from '../../../engine/machine/scenario'
import type { RunReport } from '../../../engine/run-report'
import type { SimulatedRun } from '../../../engine/session/document'
import { editScenario } from '../../state/actions-runs'
import { bytesText, fixed, secondsText, significant, whole } from '../../state/numbers'
import { Facts, type Fact } from './Facts'
import { Instruments } from './Instruments'
import { Verified } from './Verified'

const countLabels: Record<string, string> = {
  packetsSent: 'packets sent', acksReceived: 'ACKs received', worldSwitches: 'world switches', guestIrqs: 'guest IRQs',
  hostIrqsInVmm: 'host IRQs in the VMM world', hostIrqsInHost: 'host IRQs in the host world',
  guestContextSwitches: 'guest context switches', rapAccesses: 'Lance RAP accesses', rdpAccesses: 'Lance RDP accesses',
  picAccesses: 'PIC accesses', vmnetTransmits: 'VMNet transmits', vmnetReceives: 'VMNet receives', selectCalls: 'select() calls', segments: 'segments simulated',
}

export function RunInspector({ run }: { run: SimulatedRun }) {
  const { report } = run
  return (
    <>
      <p className="quiet inspector-of">simulated run</p>
      <h2 className="inspector-title">{run.name}</h2>
      <p className="inspector-figure"><strong>{fixed(report.throughputMbps, 1)} Mb/s</strong></p>
      <Facts facts={headline(report)} />
      <h3>Scenario</h3>
      <Facts facts={scenarioFacts(report)} />
      <button type="button" className="button" onClick={() => editScenario(run.id)}>Put into the editor</button>
      <Instruments report={report} />
      <h3>Counts</h3>
      <Facts facts={countFacts(report)} />
      <h3>Books</h3>
      <p>
        {report.books.attributed === report.books.cycles
          ? `All ${whole(report.books.cycles)} cycles are charged to a stack: the books balance.`
          : `${whole(report.books.attributed)} of ${whole(report.books.cycles)} cycles are charged to a stack: the books do not balance.`}
      </p>
      <h3>Digest</h3>
      <p className="mono digest">{run.digest}</p>
      <p className="quiet">Equal for the same scenario on any machine; engine {report.engineVersion}.</p>
      <Verified run={run} />
    </>
  )
}

/** In one order, whatever order a file has them in: those with words of their own first, then the others by name. */
function countFacts({ counts }: RunReport): Fact[] {
  const known = Object.keys(countLabels).filter((id) => id in counts)
  const others = Object.keys(counts).filter((id) => !(id in countLabels)).sort()
  return [...known, ...others].map((id) => [countLabels[id] ?? wordsOf(id), whole(counts[id]!)])
}

/** A count that has no words of its own yet: 'bitvectorChecks' is 'bitvector checks'. */
function wordsOf(id: string): string {
  return id.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function headline(report: RunReport): Fact[] {
  const { idlePercent, vmnetTransmit } = report
  const idle = report.scenario.vm === 'native' ? 'idle' : 'guest idle'
  const facts: Fact[] = [
    [`${idle}, direct`, idlePercent.direct === null ? '–' : `${fixed(idlePercent.direct, 1)} %`],
    [`${idle}, truth`, `${fixed(idlePercent.truth, 1)} %`],
    ['simulated time', secondsText(report.simulatedSeconds)],
    ['samples', whole(report.samples)],
  ]
  if (vmnetTransmit) {
    facts.push(
      ['VMNet transmit, mean', `${significant(vmnetTransmit.meanMicroseconds)} µs`],
      // 0 stands for none: a receiver transmits only ACKs, and isolated calls are those of whole frames
      ...(vmnetTransmit.isolatedMeanCycles > 0
        ? [['the same, isolated', `${whole(vmnetTransmit.isolatedMeanCycles)} cycles`] satisfies Fact] : []),
      ['IRQs inside a call', significant(vmnetTransmit.nestedIrqsPerCall)],
    )
  }
  return facts
}

function scenarioFacts({ scenario }: RunReport): Fact[] {
  return [
    ['what', scenarioName(scenario)],
    ['send size', `${whole(scenario.sendSize)} bytes`],
    ['bytes', bytesText(scenario.bytes)],
    ['seed', String(scenario.seed)],
    ['sampler', scenario.samplerHz === 0 ? 'off' : `${whole(scenario.samplerHz)} Hz`],
  ]
}
