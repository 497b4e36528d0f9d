import type { RunColour } from '../../engine/session/document'
import { runColours, type RunShape } from '../theme/run-colours'

const shapes: Record<RunShape, React.JSX.Element> = {
  disc: <circle cx="6" cy="6" r="5" />,
  square: <rect x="1.5" y="1.5" width="9" height="9" />,
  triangle: <path d="M6 1 L11.2 10.5 L0.8 10.5 Z" />,
  diamond: <path d="M6 0.5 L11.5 6 L6 11.5 L0.5 6 Z" />,
  ring: <circle cx="6" cy="6" r="3.8" fill="none" strokeWidth="2.6" />,
  bar: <rect x="0.5" y="4" width="11" height="4" />,
}

/** The colour that a run was given, with its shape. */
export function RunSwatch({ colour }: { colour: RunColour }) {
  return (
    <svg className={`run-swatch ${colour}`} viewBox="0 0 12 12" role="img" aria-label={colour} data-testid="run-swatch">
      {shapes[runColours[colour].shape]}
    </svg>
  )
}
