/** Red, green, blue 0..255 of '#rrggbb'. */
export function rgbOf(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** Relative luminance, WCAG 2.2 section 'relative luminance'. */
export function luminance(hex: string): number {
  const [r, g, b] = rgbOf(hex).map((part) => {
    const c = part / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Contrast ratio, 1..21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

export const darkInk = '#101318'
export const lightInk = '#ffffff'

/** Whichever of the two inks reads better on a fill. */
export function inkOn(fill: string): string {
  return contrast(fill, darkInk) >= contrast(fill, lightInk) ? darkInk : lightInk
}
