import { useState } from 'react'
import { saveExport } from '../../state/exports'
import { copyText } from '../../widgets/copy'

/** A table as CSV: to the clipboard, or to a file. */
export function TextButtons({ name, text }: { name: string; text: () => string }) {
  const [said, setSaid] = useState<string | null>(null)
  const save = async () => {
    const saved = await saveExport(name, 'csv', text())
    setSaid(saved === null ? null : `saved as ${saved}`)
  }
  return (
    <span className="compare-copy">
      <span role="status" className="quiet">{said}</span>
      <button type="button" className="button" onClick={() => setSaid(copyText(text()) ? 'CSV copied' : 'not copied')}>Copy as CSV</button>
      <button type="button" className="button" onClick={() => void save()}>Save CSV…</button>
    </span>
  )
}
