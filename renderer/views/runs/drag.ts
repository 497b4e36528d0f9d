/** Only a run of this list may be dropped here: files are for the whole window. */
export const runDragType = 'application/x-worldswitch-run'

export interface Drop {
  run: string
  zone: Zone
}

/** Between two runs: move there. Onto one: compare. */
export type Zone = 'before' | 'onto' | 'after'

export function dropZone({ currentTarget, clientY }: { currentTarget: Element; clientY: number }): Zone {
  const { top, height } = currentTarget.getBoundingClientRect()
  const part = (clientY - top) / height
  return part < 0.25 ? 'before' : part > 0.75 ? 'after' : 'onto'
}
