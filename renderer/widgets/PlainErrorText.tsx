import type { PlainError } from '../../engine/plain-error'

/** What happened, where, what was kept, what to do: the shape of every error here. */
export function PlainErrorText({ error }: { error: PlainError }) {
  return (
    <div className="plain-error">
      <strong>{error.what}</strong>
      {error.where && <span className="mono">{error.where}</span>}
      {error.kept && <span>{error.kept}</span>}
      {error.todo && <span>{error.todo}</span>}
    </div>
  )
}
