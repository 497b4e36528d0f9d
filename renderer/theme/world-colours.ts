import { worldIds } from '../../engine/worlds'

/**
 * One set of world colours for every view. Told apart by people with the common colour deficiencies together with
 * the patterns (test/unit/renderer/world-colours.test.ts simulates them).
 */
export type Pattern = 'none' | 'hatch' | 'dots' | 'outline'

export interface WorldColour {
  light: string
  dark: string
  pattern: Pattern
}

/** Index = world. */
export const worldColours: readonly WorldColour[] = [
  { light: '#3B7DD8', dark: '#5B9BEF', pattern: 'none' },
  { light: '#B9C0CA', dark: '#59616C', pattern: 'hatch' },
  { light: '#E08A1E', dark: '#F0A23C', pattern: 'none' },
  { light: '#B5541C', dark: '#D9743A', pattern: 'none' },
  { light: '#9C549E', dark: '#C586C7', pattern: 'none' },
  { light: '#1F9E77', dark: '#35BF93', pattern: 'none' },
  { light: '#9AA05A', dark: '#D3D98C', pattern: 'none' },
  { light: '#C9A400', dark: '#E3C32E', pattern: 'dots' },
  { light: '#8C8C8C', dark: '#9A9A9A', pattern: 'outline' },
]

export function worldFill(world: number, dark: boolean): string {
  const colour = worldColours[world] ?? worldColours[worldColours.length - 1]!
  return dark ? colour.dark : colour.light
}

/** The colours as CSS variables `--world-<id>`: set through the object model, which the content policy allows. */
export function applyWorldColours(root: HTMLElement, dark: boolean): void {
  worldIds.forEach((id, world) => root.style.setProperty(`--world-${id}`, worldFill(world, dark)))
}
