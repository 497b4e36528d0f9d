import { isSampledCount } from '../../../engine/profile/compare'
import type { SessionRun } from '../../../engine/session/document'
import { setScope, setSearch, setThread, setWeight } from '../../state/actions-view'
import { hasVmmTime, samplesOf, shareOf } from '../../state/derived'
import { digitsFor, fixed, intervalText, whole as wholeText } from '../../state/numbers'
import { useWorkbench } from '../../state/store'
import { Segmented } from '../../widgets/controls'

interface FlameHeaderProps {
  run: SessionRun
  scope: 'total' | 'vmm'
  weight: number
  whole: number
  matchTotal: number | null
}

/** Names the denominator and the weight, and lets both be changed; search with its matched share. */
export function FlameHeader({ run, scope, weight, whole, matchTotal }: FlameHeaderProps) {
  const search = useWorkbench((state) => state.flame.search)
  const { profile } = run
  const type = profile.weightTypes[weight]
  const noVmm = hasVmmTime(profile) ? undefined : 'This profile has no VMM time of its own.'
  return (
    <header className="view-header">
      <Segmented label="Denominator" value={scope} onChange={setScope} testId="flame-scope" options={[
        { value: 'total', label: 'of total time' },
        { value: 'vmm', label: 'of VMM time', ...(noVmm ? { disabled: noVmm } : {}) },
      ]} />
      {profile.weightTypes.length > 1 && (
        <Segmented label="Weight" value={String(weight)} onChange={(value) => setWeight(Number(value))} testId="flame-weight"
          options={profile.weightTypes.map((one, index) => ({
            value: String(index), label: one.kind === 'true' ? `true ${one.name}` : one.name === 'samples' ? 'sampled' : `${one.name} (sampled)`,
          }))} />
      )}
      <ThreadChoice run={run} />
      <span className="quiet view-count">
        <span data-testid="sample-count">{samplesOf(run)}</span> samples
        {type && !isSampledCount(type) && `, ${wholeText(whole)} ${type.unit} ${scope === 'vmm' ? 'of VMM time' : 'in all'}`}
      </span>
      <span className="flame-search">
        <input className="input" type="search" aria-label="Search functions" placeholder="Search functions" title="Part of a name, or /a regular expression/"
          data-testid="flame-search" value={search} spellCheck={false} onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setSearch('')
            event.stopPropagation()
          }} />
        {matchTotal !== null && <MatchShare share={shareOf(matchTotal, whole, type)} />}
      </span>
    </header>
  )
}

function MatchShare({ share }: { share: ReturnType<typeof shareOf> }) {
  const digits = digitsFor(share.ci95)
  return (
    <span className="num" role="status" data-testid="matched-share">
      matched {fixed(share.percent, digits)} % {share.ci95 && <span className="quiet">{intervalText(share.ci95, digits)}</span>}
    </span>
  )
}

function ThreadChoice({ run }: { run: SessionRun }) {
  const thread = useWorkbench((state) => state.flame.thread)
  const { threads } = run.profile
  if (threads.length < 2) return null
  return (
    <select className="select flame-thread" aria-label="Thread" value={thread ?? ''}
      onChange={(event) => setThread(event.target.value === '' ? null : Number(event.target.value))}>
      <option value="">all threads</option>
      {threads.map((name, id) => <option key={id} value={id}>{name}</option>)}
    </select>
  )
}
