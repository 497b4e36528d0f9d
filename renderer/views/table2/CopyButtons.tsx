import { useState } from 'react'
import { saveExport } from '../../state/exports'
import { copyText } from '../../widgets/copy'

/** A table onto the clipboard or into a file. `name` is suggested for the file. */
export function CopyButtons({ name, text }: { name: string; text: (separator: '\t' | ',') => string }) {
  const [done, setDone] = useState<string | null>(null)
  const copy = (kind: string, separator: '\t' | ',') => setDone(copyText(text(separator)) ? `${kind} copied` : 'not copied')
  const save = async () => {
    const fileName = await saveExport(name, 'csv', text(','))
    setDone(fileName === null ? null : 'saved')
  }
  return (
    <span className="table2-copy">
      <span role="status" className="quiet">{done}</span>
      <button type="button" className="button" onClick={() => copy('TSV', '\t')}>Copy as TSV</button>
      <button type="button" className="button" onClick={() => copy('CSV', ',')}>Copy as CSV</button>
      <button type="button" className="button" data-testid="table2-save" onClick={() => void save()}>Save CSV…</button>
    </span>
  )
}
