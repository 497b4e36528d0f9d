import { Swatch } from '../../widgets/world'
import type { HoverWords } from './hover-words'

const width = 270

/** What is under the pointer; the table and the inspector say the same to those who use no pointer. */
export function HoverBox({ x, y, words }: { x: number; y: number; words: HoverWords }) {
  return (
    <div className="timeline-hover" role="presentation"
      style={{ left: `min(${x + 14}px, calc(100% - ${width + 8}px))`, top: `min(${y + 16}px, calc(100% - ${44 + words.lines.length * 18}px))`, width }}>
      <strong>{words.title}</strong>
      {words.lines.map(({ world, text }) => (
        <span key={text} className="timeline-hover-line">{world !== undefined && <Swatch world={world} />}{text}</span>
      ))}
    </div>
  )
}
