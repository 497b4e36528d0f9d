/**
 * Colours for modules or functions of a profile in which no world tells boxes apart. They have no meaning of their own: the
 * legend says what each stands for. The last is for all others.
 */
export const partColours: readonly { light: string; dark: string }[] = [
  { light: '#8FB8E8', dark: '#7FA9DE' }, { light: '#F2B880', dark: '#DDA26B' }, { light: '#A8D5A2', dark: '#8FBF88' },
  { light: '#D9A6D6', dark: '#C18FBE' }, { light: '#E8D27A', dark: '#D0BB63' }, { light: '#9AD4D0', dark: '#7FBDB8' },
  { light: '#E6A3A3', dark: '#D08C8C' }, { light: '#C2B8F0', dark: '#A99FDD' }, { light: '#C4C8CE', dark: '#8A9099' },
]
export const otherPart = partColours.length - 1

export function partFill(colour: number, dark: boolean): string {
  const { light, dark: darker } = partColours[colour]!
  return dark ? darker : light
}
