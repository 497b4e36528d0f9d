import { commands } from '../../engine/commands'
import { perform } from '../state/commands'
import { dismiss } from '../state/notices'
import { useWorkbench } from '../state/store'
import { PlainErrorText } from '../widgets/PlainErrorText'

/** Errors in plain words until they are dismissed, and the engine's absence as long as it lasts. */
export function Banners() {
  const notices = useWorkbench((state) => state.notices)
  const engine = useWorkbench((state) => state.engine)
  return (
    <div className="banners" aria-live="assertive">
      {engine.state === 'down' && (
        <div className="banner warning" data-testid="engine-banner">
          <PlainErrorText error={{
            what: `The engine is down${engine.reason ? `: ${engine.reason}` : ''}.`, kept: 'The session is untouched.',
            todo: 'It is being started again.',
          }} />
        </div>
      )}
      {engine.state === 'failed' && (
        <div className="banner error" role="alert" data-testid="engine-banner">
          <PlainErrorText error={{
            what: `The engine stopped and is not started again by itself${engine.reason ? `: ${engine.reason}` : ''}.`,
            kept: 'The session is untouched; looking and saving work, running and opening do not.',
          }} />
          <span className="banner-buttons">
            <button type="button" className="button" onClick={() => void window.worldswitch.restartEngine()}>Start it again</button>
            <button type="button" className="button" onClick={() => perform('file.save-as')}>Save a Copy…</button>
          </span>
        </div>
      )}
      {notices.map(({ id, severity, error, command }) => (
        <div key={id} className={`banner ${severity}`} role="alert" data-testid={severity === 'error' ? 'error-banner' : 'warning-banner'}>
          <PlainErrorText error={error} />
          <span className="banner-buttons">
            {command && <button type="button" className="button" onClick={() => perform(command)}>{commands[command].title}</button>}
            <button type="button" className="button" aria-label={`Dismiss: ${error.what}`} onClick={() => dismiss(id)}>Dismiss</button>
          </span>
        </div>
      ))}
    </div>
  )
}
