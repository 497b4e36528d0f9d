import { useEffect } from 'react'
import { Panel, Separator } from 'react-resizable-panels'
import type { RunReport } from '../../../engine/run-report'
import { followWhatIf, keepAsRun, pinNow, pinRun, retryWhatIf, setWhatIfView, startFromRun, unpin } from '../../state/actions-what-if'
import { selectedRun } from '../../state/derived'
import { useWorkbench } from '../../state/store'
import { sameDraft, whatIfProblem, whatIfWords } from '../../state/what-if-state'
import { Segmented } from '../../widgets/controls'
import { Panels } from '../../widgets/Panels'
import { Controls } from './Controls'
import { Figures } from './Figures'
import { FunctionRows } from './FunctionRows'
import { Icicles } from './Icicles'
import { RowsTable } from './RowsTable'
import { Tornado } from './Tornado'
import './what-if.css'

/** Sliders on the left; icicle, rows and figures follow the hand, each move a run of 10 MB. */
export function WhatIfView() {
  const updates = useWorkbench((state) => state.whatIf.updates)
  useEffect(followWhatIf, [])
  return (
    <section className="what-if" aria-label="What if" data-testid="what-if" data-updates={updates}>
      <Header />
      <Panels orientation="horizontal" id="what-if-panels" panelIds={['what-if-controls', 'what-if-effects']} className="what-if-panels">
        <Panel id="what-if-controls" minSize={230} defaultSize={290} maxSize={460} groupResizeBehavior="preserve-pixel-size"><Controls /></Panel>
        <Separator className="splitter vertical" />
        <Panel id="what-if-effects" minSize={240}><Effects /></Panel>
      </Panels>
    </section>
  )
}

function Header() {
  const run = useWorkbench(selectedRun)
  const baseline = useWorkbench((state) => state.whatIf.baseline)
  const shown = useWorkbench((state) => state.whatIf.shown !== null)
  const noRun = run?.kind === 'simulated' ? null : 'Select a simulated run: a recorded profile has no machine behind it.'
  return (
    <header className="view-header">
      <button type="button" className="button" disabled={noRun !== null} title={noRun ?? `Put sliders and switches where ${run?.name} has them`}
        data-testid="what-if-start" onClick={() => { if (run?.kind === 'simulated') startFromRun(run) }}>Start from the run</button>
      <button type="button" className="button" disabled={!shown} data-testid="what-if-pin" title="Compare with what is shown now" onClick={pinNow}>Pin now</button>
      <button type="button" className="button" disabled={noRun !== null} title={noRun ?? `Compare with ${run?.name}`} data-testid="what-if-pin-run"
        onClick={() => { if (run?.kind === 'simulated') pinRun(run) }}>Pin the run</button>
      {baseline && (
        <span className="chip">
          <span className="chip-text" title={baseline.name}>baseline: {baseline.name}</span>
          <button type="button" className="button bare" aria-label="Unpin the baseline" onClick={unpin}>×</button>
        </span>
      )}
      <button type="button" className="button what-if-keep" disabled={!shown} data-testid="what-if-keep" title="Add what is shown to the session's runs"
        onClick={keepAsRun}>Keep as run</button>
    </header>
  )
}

/** Always the last result, and which values it belongs to. */
function Effects() {
  const { shown, draft, baseline, below, failed } = useWorkbench((state) => state.whatIf)
  const problem = whatIfProblem(draft)
  if (!shown) {
    return (
      <div className="empty">
        <h2>{failed ? 'The run failed' : 'Running'}</h2>
        <p>{failed ? 'The banner above says why.' : problem ?? 'The first run of 10 MB is being made.'}</p>
        {failed && <button type="button" className="button" onClick={retryWhatIf}>Try again</button>}
      </div>
    )
  }
  const behind = !sameDraft(shown.draft, draft)
  return (
    <div className="what-if-effects">
      <p className="what-if-state" role="status" data-testid="what-if-state" data-behind={behind}>
        <span className="what-if-words" title={whatIfWords(shown.draft)}>{whatIfWords(shown.draft)}</span>
        {behind && <strong>{problem ? ' (last that could be run)' : failed ? ' (the newer run failed)' : ' (catching up)'}</strong>}
        <Status report={shown.run.report} />
      </p>
      {behind && problem && <p className="field-problem what-if-state" role="alert">{problem}</p>}
      <Figures run={shown.run} baseline={baseline} />
      <Panels orientation="vertical" id="what-if-effect-panels" panelIds={['what-if-icicle', 'what-if-below']} className="what-if-panels">
        <Panel id="what-if-icicle" minSize={baseline ? 150 : 96} defaultSize="42"><Icicles run={shown.run} baseline={baseline?.run ?? null} /></Panel>
        <Separator className="splitter horizontal" />
        <Panel id="what-if-below" minSize={110} defaultSize="58">
          <div className="what-if-below">
            <Below />
            {below === 'table' && <RowsTable run={shown.run} baseline={baseline?.run ?? null} />}
            {below === 'functions' && <FunctionRows run={shown.run} baseline={baseline?.run ?? null} />}
            {below === 'tornado' && <Tornado />}
          </div>
        </Panel>
      </Panels>
    </div>
  )
}

/** Whether anything was fitted to what is shown. */
function Status({ report }: { report: RunReport }) {
  const fitted = report.table.some(({ paper }) => paper !== null)
  return (
    <span className="quiet what-if-status" data-testid="what-if-status" title={fitted
      ? 'This is the scenario of the paper\'s Table 2: the status of each row says what was fitted to it.'
      : 'The model was not fitted to these values: what it says of them is a prediction.'}>
      {fitted ? 'status: see the rows' : 'predicted'}
    </span>
  )
}

function Below() {
  const below = useWorkbench((state) => state.whatIf.below)
  return (
    <div className="what-if-choices">
      <Segmented label="Below the icicle" value={below} testId="what-if-below" onChange={(value) => setWhatIfView('below', value)} options={[
        { value: 'table', label: 'Table 2' }, { value: 'functions', label: 'Functions' }, { value: 'tornado', label: 'What matters most' },
      ]} />
    </div>
  )
}
