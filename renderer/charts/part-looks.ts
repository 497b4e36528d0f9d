import { partColours } from '../theme/part-colours'
import type { BoxLook } from './scene'

const looksOf = (dark: boolean) => partColours.map((colour): BoxLook => ({ fill: dark ? colour.dark : colour.light, pattern: 'none' }))

/** Looks of modules or functions, by number of their colour; the same array each time: a painter makes its brushes once. */
export const partLooks = { light: looksOf(false), dark: looksOf(true) } as const
