import type { SimulatedRun } from '../../../engine/session/document'
import type { Verification } from '../../../engine/session/verify-types'
import { verifyKey, verifyRun } from '../../state/actions-verify'
import { useWorkbench } from '../../state/store'

/** Whether a run is what its scenario gives, once somebody has asked. */
export function Verified({ run }: { run: SimulatedRun }) {
  const asked = useWorkbench((state) => state.method.verified[verifyKey(state, run)])
  return (
    <>
      <button type="button" className="button" data-testid="verify-button" disabled={asked?.state === 'busy'}
        title="Simulate it again from its scenario and seed, and compare everything" onClick={() => void verifyRun(run.id)}>
        {asked?.state === 'busy' ? 'Verifying' : asked ? 'Verify again' : 'Verify'}
      </button>
      <div role="status" data-testid="verified">
        {asked?.state === 'done' && <Found found={asked.result} />}
        {asked?.state === 'failed' && <p className="quiet">Not verified: it was cancelled, or could not be simulated.</p>}
      </div>
    </>
  )
}

function Found({ found }: { found: Verification }) {
  const { words, differences, differing } = found
  return (
    <>
      {words.map((sentence) => <p key={sentence}>{sentence}</p>)}
      {differing > 0 && (
        <dl className="verify-differences">
          {differences.map(({ where, stored, recomputed }) => (
            <div key={where}>
              <dt className="mono digest">{where}</dt>
              <dd className="num">stored {stored ?? 'nothing'}, simulated {recomputed ?? 'nothing'}</dd>
            </div>
          ))}
          {differing > differences.length && <p className="quiet">and {differing - differences.length} more</p>}
        </dl>
      )}
    </>
  )
}
