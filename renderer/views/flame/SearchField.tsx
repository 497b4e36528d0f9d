import { setSearch } from '../../state/actions-view'
import { shareOf } from '../../state/derived'
import { searchOf } from '../../state/flame-search'
import type { ShownFlame } from '../../state/flame-shown'
import type { Matching } from '../../state/match-walk'
import { digitsFor, fixed, intervalText, whole } from '../../state/numbers'
import { useWorkbench } from '../../state/store'

interface SearchFieldProps {
  flame: ShownFlame
  matching: Matching
  /** To the next match (1) or the previous (-1). */
  onStep: (step: 1 | -1) => void
}

/** Part of a name or /a regular expression/; how much matches, and the way from match to match. */
export function SearchField({ flame, matching, onStep }: SearchFieldProps) {
  const search = useWorkbench((state) => state.flame.search)
  const problem = searchOf(search)?.problem ?? null
  const { match, searching } = matching
  const told = match !== null || searching
  return (
    <span className="flame-search">
      <input className="input" type="search" aria-label="Search functions" placeholder="Search functions"
        title="Part of a name, or /a regular expression/. Enter: next match, Shift+Enter: previous"
        data-testid="flame-search" value={search} spellCheck={false} aria-invalid={problem !== null}
        aria-describedby={told ? 'flame-matched' : undefined} onChange={(event) => setSearch(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setSearch('')
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1)
          event.stopPropagation()
        }} />
      {told && (
        <>
          <span className="num flame-matched" role="status" id="flame-matched" data-testid="matched-share">
            {problem ? <span className="field-problem">{problem}</span> : <Matched flame={flame} matching={matching} />}
          </span>
          <span className="flame-steps" role="group" aria-label="Matches">
            <button type="button" className="button bare" aria-label="Previous match" disabled={match?.count === 0} onClick={() => onStep(-1)}>↑</button>
            <button type="button" className="button bare" aria-label="Next match" disabled={match?.count === 0} onClick={() => onStep(1)}>↓</button>
          </span>
        </>
      )}
    </span>
  )
}

function Matched({ flame, matching: { match, searching } }: { flame: ShownFlame; matching: Matching }) {
  if (!match || searching) return <span className="quiet">searching</span>
  const share = shareOf(match.total, flame.whole, flame.run.profile.weightTypes[flame.weight])
  const digits = digitsFor(share.ci95)
  return (
    <>
      matched {fixed(share.percent, digits)} %{share.ci95 && <span className="quiet"> {intervalText(share.ci95, digits)}</span>}
      <span className="quiet">, {whole(match.count)} {match.count === 1 ? 'box' : 'boxes'}</span>
    </>
  )
}
