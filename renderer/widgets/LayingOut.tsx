import type { PlainError } from '../../engine/plain-error'
import { PlainErrorText } from './PlainErrorText'

interface LayingOutProps {
  /** What is laid out. */
  words: string
  /** Why it cannot be; null: it will be there. */
  failure: PlainError | null
  testId: string
}

/** In place of the first picture of a large profile, until it is there. */
export function LayingOut({ words, failure, testId }: LayingOutProps) {
  return (
    <div className="empty" role="status" data-testid={testId}>
      {failure ? <PlainErrorText error={failure} /> : (
        <>
          <h2>Laying out</h2>
          <p>{words}</p>
        </>
      )}
    </div>
  )
}

/** Over a picture that is not yet, or cannot become, what was chosen. */
export function StaleNote({ failure }: Pick<LayingOutProps, 'failure'>) {
  return (
    <div className={`stale-note${failure ? ' failed' : ''}`} role="status" data-testid="stale-note">
      {failure ? <PlainErrorText error={failure} /> : 'Laying out what was chosen …'}
    </div>
  )
}
