import { useEffect, useState } from 'react'
import type { Diagnostics as Found } from '../../engine/window-api'
import { setDialog } from '../state/actions-view'
import { useWorkbench } from '../state/store'
import { copyText } from '../widgets/copy'
import { Dialog } from '../widgets/Dialog'

/** What a report of a fault should say: to look at, and to copy. */
export function Diagnostics() {
  const engine = useWorkbench((state) => state.engine)
  const [found, setFound] = useState<Found | null>(null)
  const [copied, setCopied] = useState(false)
  useEffect(() => { void window.worldswitch.diagnostics().then(setFound) }, [])
  const facts = found && [{ label: 'engine', value: `${engine.version ?? 'no version yet'}, ${engine.state}${engine.reason ? `: ${engine.reason}` : ''}` }, ...found.facts]
  return (
    <Dialog title="Diagnostics" onClose={() => setDialog('none')}>
      {facts && (
        <>
          <dl className="about-facts diagnostics" data-testid="diagnostics">
            {facts.map(({ label, value }) => [<dt key={label}>{label}</dt>, <dd key={`${label}=`}>{value}</dd>])}
          </dl>
          <h3>Last errors</h3>
          {found.errors.length === 0 ? <p className="quiet">None since this start.</p>
            : <ol className="mono diagnostics-errors">{found.errors.map((line, i) => <li key={i}>{line}</li>)}</ol>}
          <div className="note-actions">
            <button type="button" className="button" data-autofocus onClick={() => setCopied(copyText(textOf(facts, found.errors)))}>Copy</button>
            <span className="quiet" role="status">{copied ? 'Copied.' : 'Nothing of a session or a profile is in it.'}</span>
          </div>
        </>
      )}
    </Dialog>
  )
}

function textOf(facts: Found['facts'], errors: Found['errors']): string {
  return [...facts.map(({ label, value }) => `${label}: ${value}`), 'last errors:', ...(errors.length > 0 ? errors : ['none'])].join('\n')
}
