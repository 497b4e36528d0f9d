/** Cuts labels to a width, measuring each text once per font: measuring is what makes label drawing slow. */
export class TextFit {
  private widths = new Map<string, number>()

  constructor(private readonly measure: (text: string) => number) {}

  /** `text`, or its beginning with an ellipsis, or '' when not even three letters would fit. */
  fit(text: string, width: number): string {
    const whole = this.widthOf(text)
    if (whole <= width) return text
    const ellipsis = this.widthOf('…')
    let letters = Math.floor((text.length * (width - ellipsis)) / whole)
    while (letters >= 3 && this.widthOf(text.slice(0, letters)) + ellipsis > width) letters--
    return letters < 3 ? '' : `${text.slice(0, letters)}…`
  }

  widthOf(text: string): number {
    let width = this.widths.get(text)
    if (width === undefined) {
      // keeps a long session of zooming from growing the cache without end
      if (this.widths.size > 20_000) this.widths.clear()
      width = this.measure(text)
      this.widths.set(text, width)
    }
    return width
  }
}
