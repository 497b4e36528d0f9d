import { whatIfIds, type WhatIfId } from '../../../engine/machine/scenario'
import { editDraft } from '../../state/actions-view'
import { useWorkbench } from '../../state/store'
import { Switch } from '../../widgets/controls'

/** Section 4 of the paper, one line each. */
const whatIfLabels: Record<WhatIfId, { label: string; meaning: string }> = {
  'idle-keeps-page-table': {
    label: 'Idle keeps the page table', meaning: 'The guest\'s idle task runs on the last page table: no CR3 reloads.',
  },
  'pic-inlined': {
    label: 'PIC access inlined', meaning: 'Reading the PIC is a plain move; its writes are specialised in place.',
  },
  'idealized-nic': {
    label: 'Idealized NIC', meaning: 'One OUT a packet, and no transmit interrupt.',
  },
  'no-skb-copy': {
    label: 'No copy into the sk_buff', meaning: 'VMNet hands frames to the host\'s driver without copying them.',
  },
  'vmm-drives-nic': {
    label: 'VMM drives the NIC', meaning: 'The VMM programs the host\'s card itself: no world switch for a packet.',
  },
}

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
