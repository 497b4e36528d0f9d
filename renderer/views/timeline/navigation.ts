import type { TimelineSpan } from '../../state/timeline-state'

const perStep = 1.25

/** About the place `at` (0..1 of the window), which stays where it is; out > 0. */
export function zoomed({ from, to }: TimelineSpan, at: number, steps: number): TimelineSpan {
  const length = (to - from) * perStep ** Math.max(-6, Math.min(6, steps))
  const anchor = from + at * (to - from)
  return { from: anchor - at * length, to: anchor + (1 - at) * length }
}

/** Later by parts of the window's length. */
export function moved({ from, to }: TimelineSpan, by: number): TimelineSpan {
  const length = to - from
  return { from: from + by * length, to: to + by * length }
}

export function centred({ from, to }: TimelineSpan, at: number): TimelineSpan {
  return { from: at - (to - from) / 2, to: at + (to - from) / 2 }
}

export type TimelineMove =
  | { kind: 'window'; window: TimelineSpan }
  | { kind: 'mark'; mark: TimelineSpan | null }
  | { kind: 'whole' | 'apply' | 'mode' }

interface Pressed { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }

/** What a key does in a timeline; null when it is none of its keys. The help overlay lists the same keys. */
export function timelineKey(
  event: Pressed, window: TimelineSpan, whole: TimelineSpan, mark: TimelineSpan | null,
): TimelineMove | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  const to = (next: TimelineSpan): TimelineMove => ({ kind: 'window', window: next })
  switch (event.key.length === 1 ? event.key.toLowerCase() : event.key) {
    case 'a':
    case 'ArrowLeft': return to(moved(window, -0.2))
    case 'd':
    case 'ArrowRight': return to(moved(window, 0.2))
    case 'PageUp': return to(moved(window, -1))
    case 'PageDown': return to(moved(window, 1))
    case 'w':
    case '+':
    case '=':
    case 'ArrowUp': return to(zoomed(window, 0.5, -2))
    case 's':
    case '-':
    case 'ArrowDown': return to(zoomed(window, 0.5, 2))
    case 'Home': return to(moved(window, (whole.from - window.from) / (window.to - window.from)))
    case 'End': return to(moved(window, (whole.to - window.to) / (window.to - window.from)))
    case '0': return { kind: 'whole' }
    case 'r': return { kind: 'mode' }
    case '[': return { kind: 'mark', mark: withStart(window, whole, mark) }
    case ']': return { kind: 'mark', mark: withEnd(window, whole, mark) }
    case 'Enter': return mark ? { kind: 'apply' } : null
    case 'Escape': return mark ? { kind: 'mark', mark: null } : null
    default: return null
  }
}

/** The left edge of the window becomes the start of the range; one that would lie behind its end begins anew. */
function withStart(window: TimelineSpan, whole: TimelineSpan, mark: TimelineSpan | null): TimelineSpan {
  return { from: window.from, to: mark && mark.to > window.from ? mark.to : whole.to }
}

function withEnd(window: TimelineSpan, whole: TimelineSpan, mark: TimelineSpan | null): TimelineSpan {
  return { from: mark && mark.from < window.to ? mark.from : whole.from, to: window.to }
}
