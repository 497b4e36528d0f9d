import { whatIfIds } from '../../../engine/machine/scenario'
import { editDraft } from '../../state/actions-view'
import { whatIfLabels } from '../../state/scenario-words'
import { useWorkbench } from '../../state/store'
import { Switch } from '../../widgets/controls'

/** The paper's further ideas as switches; folded up, with how many are on in the heading. */
export function WhatIfs() {
  const whatIfs = useWorkbench((state) => state.scenario.whatIfs)
  const native = useWorkbench((state) => state.scenario.vm === 'native')
  const on = native ? 0 : whatIfs.length
  return (
    <details className="scenario-wide scenario-more" data-testid="scenario-what-ifs">
      <summary title="Ideas of the paper's section 4">What if{on > 0 ? ` (${on} on)` : ''}</summary>
      {whatIfIds.map((id) => (
        <div key={id}>
          <Switch label={whatIfLabels[id].label} testId={`scenario-what-if-${id}`} disabled={native}
            checked={!native && whatIfs.includes(id)}
            onChange={(wanted) => editDraft((draft) => {
              draft.whatIfs = whatIfIds.filter((one) => (one === id ? wanted : draft.whatIfs.includes(one)))
            })} />
          <p className="quiet scenario-meaning">{whatIfLabels[id].meaning}</p>
        </div>
      ))}
    </details>
  )
}
