import { runColourIds, type RunColour } from '../../engine/session/document'

/**
 * Colours that people give their runs. Each has a shape of its own, so that colour alone never tells; muted, so that
 * none is taken for a world, and none of them the red and blue of slower and faster.
 */
export type RunShape = 'disc' | 'square' | 'triangle' | 'diamond' | 'ring' | 'bar'

export const runColours: Record<RunColour, { light: string; dark: string; shape: RunShape }> = {
  teal: { light: '#0f7377', dark: '#48c4c4', shape: 'disc' },
  ochre: { light: '#8a5f00', dark: '#e0b04a', shape: 'square' },
  violet: { light: '#6a4bbf', dark: '#b6a1ff', shape: 'triangle' },
  rose: { light: '#a8326c', dark: '#f08cbc', shape: 'diamond' },
  olive: { light: '#5a6914', dark: '#b4c65a', shape: 'ring' },
  slate: { light: '#4a5a6e', dark: '#a5b5c8', shape: 'bar' },
}

/** As CSS variables `--run-<id>`. */
export function applyRunColours(root: HTMLElement, dark: boolean): void {
  for (const id of runColourIds) root.style.setProperty(`--run-${id}`, dark ? runColours[id].dark : runColours[id].light)
}
