/** A figure that is not there, with its reason: on hover, and for a screen reader. */
export function Dash({ reason }: { reason: string }) {
  return (
    <span className="quiet" title={reason}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">none: {reason}</span>
    </span>
  )
}
