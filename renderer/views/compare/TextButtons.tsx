import { useEffect, useRef, useState } from 'react'
import { saveExport } from '../../state/exports'
import { offerTable } from '../../state/offered-tables'
import { copyText } from '../../widgets/copy'

interface TextButtonsProps {
  name: string
  text: () => string
  /** Only the rows scrolled to are in the page: the menu's export takes `text` instead of them. */
  cut?: boolean
}

/** A table as CSV: to the clipboard, or to a file. */
export function TextButtons({ name, text, cut = false }: TextButtonsProps) {
  const latest = useRef(text)
  useEffect(() => { latest.current = text })
  useEffect(() => (cut ? offerTable(() => latest.current()) : undefined), [cut])
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
