import { cancelJob } from '../state/engine'
import { cycleTheme, setDialog } from '../state/actions-view'
import { progressText, secondsText } from '../state/numbers'
import { selectionWords } from '../state/selection-words'
import { useWorkbench, type Job } from '../state/store'
import { Said } from './Said'

/** Progress, what is selected in words, the engine, and the marks that must never leave the screen. */
export function StatusBar() {
  const job = useWorkbench((state) => state.jobs[0])
  const waiting = useWorkbench((state) => state.jobs.length - 1)
  const words = useWorkbench(selectionWords)
  return (
    <footer className="status-bar" data-testid="status-bar" aria-label="Status">
      {job ? <JobStatus job={job} waiting={waiting} /> : null}
      <Said />
      <span className="status-selection" role="status" title={words}>{words}</span>
      <Marks />
      <EngineStatus />
      <ThemeButton />
      <button type="button" className="button bare" title="Command palette (Ctrl+K)" data-testid="palette-button"
        onClick={() => setDialog('palette')}>
        Commands
      </button>
      <button type="button" className="button bare" title="Keyboard (?)" onClick={() => setDialog('keyboard')}>Keys</button>
    </footer>
  )
}

function JobStatus({ job, waiting }: { job: Job; waiting: number }) {
  const { progress } = job
  return (
    <span className="status-job">
      <span className="status-job-title">{job.title}{waiting > 0 ? ` (+${waiting})` : ''}</span>
      <progress data-testid="progress" aria-label={`Progress of ${job.title}`} max={progress?.total ?? 1}
        {...(progress ? { value: progress.done } : {})} />
      {progress && (
        <span className="num">
          {progressText(progress)}
          {progress.simulatedSeconds !== undefined && `, ${secondsText(progress.simulatedSeconds)} simulated`}
        </span>
      )}
      <button type="button" className="button bare" data-testid="cancel-button" disabled={job.cancelling} onClick={cancelJob}
        title="Cancel (Escape)">
        {job.cancelling ? 'Cancelling' : 'Cancel'}
      </button>
    </span>
  )
}

/** A fallback runtime and a missing sandbox stay in sight for as long as they are true. */
function Marks() {
  const info = useWorkbench((state) => state.info)
  if (!info) return null
  return (
    <>
      {info.runtime !== 'official' && (
        <span className="mark" data-testid="runtime-mark" title={`Electron ${info.electron}: for development and tests only`}>
          {info.runtime}
        </span>
      )}
      {info.sandbox === 'off' && (
        <span className="mark" data-testid="sandbox-mark" title="The window runs without Chromium's sandbox: open trusted files only">
          sandbox off
        </span>
      )}
    </>
  )
}

const engineWords = { starting: 'engine starting', ready: 'engine ready', down: 'engine down', failed: 'engine stopped' } as const

function EngineStatus() {
  const { state, reason, version } = useWorkbench((one) => one.engine)
  return (
    <span className={`engine-state ${state}`} data-testid="engine-state" data-state={state}
      title={reason ?? (version ? `Engine ${version}` : undefined)}>
      {engineWords[state]}
    </span>
  )
}

function ThemeButton() {
  const theme = useWorkbench((state) => state.info?.theme ?? 'system')
  return (
    <button type="button" className="button bare" data-testid="theme-toggle" data-theme-choice={theme} onClick={cycleTheme}
      title="Theme: system, light, dark">
      Theme: {theme}
    </button>
  )
}
