import { appliedFacts, unappliedWords } from '../../../engine/formats/load-facts'
import type { LoadReport, LoadedPace, LoadedWorld } from '../../../engine/formats/load-report'
import type { BranchReport } from '../../../engine/formats/perf-script/branches'
import { cardSentences } from '../../../engine/report/port-text'
import type { ImportedRun } from '../../../engine/session/document'
import { GAP_CLASSES } from '../../../engine/statistics/pace'
import { worldNames } from '../../../engine/worlds'
import { setTab } from '../../state/actions-view'
import { samplesName, samplesOf } from '../../state/derived'
import { ruleSetOf } from '../../state/imported-tables'
import { digitsFor, fixed, intervalText, whole } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { Facts, type Fact } from './Facts'

/** The load report: what the reader made of the file, and what it could not. */
export function ImportInspector({ run }: { run: ImportedRun }) {
  const { report, fileName } = run.source
  const own = useWorkbench((state) => state.document.ruleSets)
  const set = ruleSetOf(run, own)
  return (
    <div data-testid="load-report">
      <p className="quiet inspector-of">recorded profile</p>
      <h2 className="inspector-title">{run.name}</h2>
      <p className="inspector-figure"><strong>{whole(samplesOf(run))}</strong> {samplesName(run)}</p>
      <h3>Load report</h3>
      <p>{fileName} was read as {report.format}: {report.reason}.</p>
      <Facts facts={appliedFacts(report)} />
      {report.firstNotUnderstood.length > 0 && (
        <>
          <h3>First lines not understood</h3>
          <ol className="lines mono">
            {report.firstNotUnderstood.map(({ line, text }) => <li key={line}><span className="quiet">{line}:</span> {text}</li>)}
          </ol>
        </>
      )}
      {report.notes.map((note) => <p key={note}>{note}</p>)}
      {report.branches && <Branches branches={report.branches} />}
      <Cards report={report} />
      {report.worlds && <Worlds worlds={report.worlds} />}
      {report.pace && <Pace pace={report.pace} />}
      <h3>What does not apply</h3>
      <p className="quiet">
        True cycles, throughput and packets: a recorded profile does not know them.
      </p>
      {unappliedWords(report).map((words) => <p key={words} className="quiet">{sentence(words)}.</p>)}
      <h3>Rules</h3>
      <p className="quiet">
        {run.rules ? `Worlds and rows of Table 2 are by ${set ? `the rules ${set.name}` : 'the file itself'}: ${run.rules.reason}.`
          : 'The worlds are as an earlier version of Worldswitch gave them.'} They are chosen and edited in Table 2.
      </p>
    </div>
  )
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function Branches({ branches: { most } }: { branches: BranchReport }) {
  return (
    <section data-testid="branches">
      <h3>Most frequent branches</h3>
      <Facts facts={most.map(({ from, to, count, mispredicted }): Fact => [`${from} → ${to}`, `${whole(count)}, ${whole(mispredicted)} mispredicted`])} />
    </section>
  )
}

function Cards({ report }: { report: LoadReport }) {
  const sentences = cardSentences(report)
  if (sentences.length === 0) return null
  return (
    <section data-testid="cards">
      <h3>Network cards</h3>
      {sentences.map((sentence) => <p key={sentence}>{sentence}.</p>)}
      <button type="button" className="button" onClick={() => setTab('table')}>
        {report.pcnet ? 'Beside the simulated driver' : 'Accesses by register'}
      </button>
    </section>
  )
}

function Worlds({ worlds }: { worlds: readonly LoadedWorld[] }) {
  return (
    <section className="worlds" data-testid="worlds">
      <h3>Worlds</h3>
      <Facts facts={[...worlds].sort((x, y) => y.share - x.share).map(({ world, share, lo, hi }): Fact => {
        const ci95: [number, number] = [100 * lo, 100 * hi]
        return [worldNames[world]!, `${fixed(100 * share, digitsFor(ci95))} % ${intervalText(ci95, digitsFor(ci95))}`]
      })} />
      <p className="quiet">95 % intervals that allow for samples following from each other: they count as {whole(worlds.reduce((least, one) => Math.min(least, one.effectiveSamples), Infinity))} independent ones at least.</p>
    </section>
  )
}

function Pace({ pace }: { pace: LoadedPace }) {
  return (
    <section data-testid="pace">
      <h3>Sampling rate</h3>
      <p>{pace.thread && `${pace.thread}: `}{pace.words}</p>
      {pace.gaps && (
        <Facts facts={pace.gaps.map((count, i): Fact => [gapClass(i), whole(count)]).filter(([, count]) => count !== '0')} />
      )}
    </section>
  )
}

function gapClass(i: number): string {
  const [from, to] = [GAP_CLASSES[i]!, GAP_CLASSES[i + 1]]
  return to === undefined ? `intervals of ${from} periods or more` : `intervals of ${from} to ${to} periods`
}
