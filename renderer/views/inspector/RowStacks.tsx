import { useMemo } from 'react'
import type { SessionRun } from '../../../engine/session/document'
import { countWeight } from '../../../engine/profile/paired'
import { select } from '../../state/actions-view'
import { nameOfStep } from '../../state/frame-path'
import { useClassification } from '../../state/imported-tables'
import { fixed, whole } from '../../state/numbers'
import { stacksOfRow } from '../../state/row-stacks'
import { weightName } from '../../state/table-text'
import { Swatch } from '../../widgets/world'

const shownStacks = 8

/** The biggest stacks of a row, by true cycles or by samples; each selects its box of the flame. */
export function RowStacks({ run, row }: { run: SessionRun; row: { id: string } }) {
  const { answer: classes } = useClassification(run)
  // worked out again when the classes of a large profile have come
  const stacks = useMemo(() => (classes || run.kind === 'simulated' ? stacksOfRow(run, row.id) : []), [run, row.id, classes])
  const all = stacks.reduce((sum, { weight }) => sum + weight, 0)
  const unit = run.kind === 'simulated' ? 'true cycles' : weightName(run.profile, countWeight(run.profile))
  if (row.id === 'vmm') {
    return <p className="quiet">It is the whole of the rows “of VMM time”, and of what Table 2 does not list.</p>
  }
  if (!classes && run.kind === 'imported') return <p className="quiet">Its stacks are being classified.</p>
  if (all === 0) return <p className="quiet">Nothing of this run is in it.</p>
  const rest = stacks.slice(shownStacks).reduce((sum, { weight }) => sum + weight, 0)
  return (
    <section data-testid="row-stacks">
      <h3>Biggest stacks in it</h3>
      <p className="quiet">Parts of the row’s {whole(all)} {unit}.</p>
      <ol className="row-stacks">
        {stacks.slice(0, shownStacks).map(({ stack, path, world, weight }) => (
          <li key={stack}>
            <button type="button" className="link-text" onClick={() => select({ kind: 'frame', run: run.id, path })}
              title={path.map(nameOfStep).join(' › ')}>
              <Swatch world={world} />
              <span className="row-stack-name">{nameOfStep(path[path.length - 1]!)}
                {path.length > 1 && <span className="quiet"> ‹ {nameOfStep(path[path.length - 2]!)}</span>}</span>
              <span className="num">{fixed((100 * weight) / all, 1)} %</span>
            </button>
          </li>
        ))}
      </ol>
      {rest > 0 && <p className="quiet">{stacks.length - shownStacks} more: {fixed((100 * rest) / all, 1)} %.</p>}
    </section>
  )
}
