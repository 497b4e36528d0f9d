import { wrapped } from './export-text'
import { drawingOf, measureText, type Drawing } from './pictures'
import { svgElement, xmlAllowed, xmlText } from './svg-text'
import { inksOf } from '../theme/inks'

/** A picture as it is handed on: with what it shows, of what, and where it comes from, so that it can be cited. */
export interface PictureDocument {
  title: string
  /** Under the title: runs, denominators, ranges. */
  facts: readonly string[]
  parts: readonly { name: string; drawing: Drawing }[]
  /** Below everything: engine, scenario, digest. */
  sources: readonly string[]
}

const family = 'system-ui, "DejaVu Sans", sans-serif'
const margin = 16
const least = 480
const fonts = { title: `bold 16px ${family}`, fact: `12px ${family}`, name: `bold 12px ${family}`, source: `11px ${family}` }
const inks = inksOf(false)

/** One standalone SVG document, light, without scripts or anything from elsewhere. */
export function pictureDocument({ title, facts, parts, sources }: PictureDocument, measure = measureText): string {
  const inner = Math.max(least, ...parts.map(({ drawing }) => drawing.width))
  const pieces: string[] = []
  let top = margin
  const write = (text: string, font: keyof typeof fonts, lineHeight: number) => {
    const lines = wrapped(text, inner, fonts[font], measure)
    const drawing = drawingOf(inner, lines.length * lineHeight, '', (context) => {
      context.font = fonts[font]
      context.fillStyle = font === 'title' || font === 'name' ? inks.text : inks.quiet
      context.textBaseline = 'top'
      lines.forEach((line, index) => { if (line !== '') context.fillText(line, 0, index * lineHeight) })
    }, measure)
    place(drawing)
  }
  const place = ({ height, markup }: Drawing) => {
    pieces.push(svgElement('g', { transform: `translate(${margin} ${Math.round(top)})` }, markup))
    top += height
  }
  write(title, 'title', 22)
  for (const fact of facts) write(fact, 'fact', 17)
  for (const { name, drawing } of parts) {
    top += 10
    if (name !== '' && (parts.length > 1 || name !== title)) write(name, 'name', 19)
    place(drawing)
  }
  top += 10
  for (const source of sources) write(source, 'source', 15)
  const [width, height] = [Math.ceil(inner + 2 * margin), Math.ceil(top + margin)]
  const ground = svgElement('rect', { width, height, fill: inks.ground })
  const text = svgElement('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` },
    `<title>${xmlText(title)}</title>${ground}${pieces.join('')}`)
  // ECharts escapes markup in texts, but lets characters through that no XML may hold
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlAllowed(text)}\n`
}
