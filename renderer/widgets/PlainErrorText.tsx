import type { PlainError } from '../../engine/plain-error'
import { visibleText } from '../../engine/visible-name'

/** What happened, where, what was kept, what to do: the shape of every error here. */
export function PlainErrorText({ error }: { error: PlainError }) {
  return (
    <div className="plain-error">
      <strong>{visibleText(error.what)}</strong>
      {error.where && <span className="mono">{visibleText(error.where)}</span>}
      {error.kept && <span>{visibleText(error.kept)}</span>}
      {error.todo && <span>{visibleText(error.todo)}</span>}
    </div>
  )
}
