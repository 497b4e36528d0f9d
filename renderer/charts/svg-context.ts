import { svgElement, svgNumber, xmlText, type Attributes } from './svg-text'

/** How wide a text is in a CSS font. */
export type Measure = (text: string, font: string) => number

interface Style {
  fillStyle: string | SvgPattern
  strokeStyle: string | SvgPattern
  lineWidth: number
  lineCap: CanvasLineCap
  lineJoin: CanvasLineJoin
  globalAlpha: number
  font: string
  textAlign: CanvasTextAlign
  textBaseline: CanvasTextBaseline
  dash: readonly number[]
  /** Groups that are open for clips of this state. */
  clips: number
}

type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]
const identity: Matrix = [1, 0, 0, 1, 0, 0]

/** A pattern's place among the definitions; only the context that made it can paint with it. */
export class SvgPattern {
  constructor(readonly id: string) {}
  /** Tiles of a canvas are scaled to device pixels; these are vectors in units of the picture already. */
  setTransform(): void { /* nothing to scale */ }
}

const fonts = /^(?:(italic)\s+)?(?:(bold|[1-9]00)\s+)?([\d.]+)px\s+(.+)$/

/**
 * What painters draw on when a picture is wanted as SVG: the part of a canvas' context that they use, written as text.
 * Pure, so that equal drawings are equal bytes; anything else that a painter might call is missing and fails loudly.
 * (the svgcanvas library does not do here: it sets `style` attributes, which the content policy refuses, so that texts lose
 * their font; it paints strokes over a pattern with the pattern; and its ids are random.)
 */
export class SvgContext {
  fillStyle: string | SvgPattern = '#000'
  strokeStyle: string | SvgPattern = '#000'
  lineWidth = 1
  lineCap: CanvasLineCap = 'butt'
  lineJoin: CanvasLineJoin = 'miter'
  globalAlpha = 1
  font = '10px sans-serif'
  textAlign: CanvasTextAlign = 'start'
  textBaseline: CanvasTextBaseline = 'alphabetic'
  private dash: readonly number[] = []
  private clips = 0
  private matrix: Matrix = identity
  private path = ''
  private readonly parts: string[] = []
  private readonly definitions: string[] = []
  private readonly stack: { style: Style; matrix: Matrix }[] = []

  /** `prefix`: of ids, which have to differ between pictures that are put into one document. */
  constructor(readonly width: number, readonly height: number, private readonly prefix: string, private readonly measure: Measure) {}

  /** The drawing without an outer element, for a picture that is part of another. */
  content(): string {
    const defs = this.definitions.length > 0 ? `<defs>${this.definitions.join('')}</defs>` : ''
    return defs + this.parts.join('') + '</g>'.repeat(this.clips + this.stack.reduce((sum, { style }) => sum + style.clips, 0))
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, globalAlpha, font, textAlign, textBaseline, dash, clips } = this
    this.stack.push({
      style: { fillStyle, strokeStyle, lineWidth, lineCap, lineJoin, globalAlpha, font, textAlign, textBaseline, dash, clips },
      matrix: this.matrix,
    })
    this.clips = 0
  }

  restore(): void {
    const last = this.stack.pop()
    if (!last) return
    this.parts.push('</g>'.repeat(this.clips))
    const { dash, clips, ...style } = last.style
    Object.assign(this, style)
    this.dash = dash
    this.clips = clips
    this.matrix = last.matrix
  }

  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    this.matrix = [a, b, c, d, e, f]
  }

  resetTransform(): void {
    this.matrix = identity
  }

  transform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    const [A, B, C, D, E, F] = this.matrix
    this.matrix = [A * a + C * b, B * a + D * b, A * c + C * d, B * c + D * d, A * e + C * f + E, B * e + D * f + F]
  }

  translate(x: number, y: number): void {
    this.transform(1, 0, 0, 1, x, y)
  }

  scale(x: number, y: number): void {
    this.transform(x, 0, 0, y, 0, 0)
  }

  rotate(angle: number): void {
    this.transform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0)
  }

  setLineDash(dash: readonly number[]): void {
    this.dash = [...dash]
  }

  beginPath(): void {
    this.path = ''
  }

  closePath(): void {
    this.path += 'Z'
  }

  moveTo(x: number, y: number): void {
    this.path += `M${svgNumber(x)} ${svgNumber(y)}`
  }

  lineTo(x: number, y: number): void {
    this.path += `${this.path === '' ? 'M' : 'L'}${svgNumber(x)} ${svgNumber(y)}`
  }

  quadraticCurveTo(x1: number, y1: number, x: number, y: number): void {
    this.path += `Q${[x1, y1, x, y].map(svgNumber).join(' ')}`
  }

  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.path += `C${[x1, y1, x2, y2, x, y].map(svgNumber).join(' ')}`
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.path += `M${svgNumber(x)} ${svgNumber(y)}h${svgNumber(width)}v${svgNumber(height)}h${svgNumber(-width)}Z`
  }

  arc(x: number, y: number, radius: number, from: number, to: number, anticlockwise = false): void {
    const turn = Math.min(2 * Math.PI, Math.abs(to - from)) * (anticlockwise ? -1 : 1)
    const at = (angle: number) => `${svgNumber(x + radius * Math.cos(angle))} ${svgNumber(y + radius * Math.sin(angle))}`
    this.path += `${this.path === '' ? 'M' : 'L'}${at(from)}`
    // in two halves: an arc whose end is its beginning would be none
    for (const end of [from + turn / 2, from + turn]) {
      this.path += `A${svgNumber(radius)} ${svgNumber(radius)} 0 0 ${anticlockwise ? 0 : 1} ${at(end)}`
    }
  }

  fill(): void {
    if (this.path !== '') this.add('path', { d: this.path, ...this.fillAttributes() })
  }

  stroke(): void {
    if (this.path !== '') this.add('path', { d: this.path, fill: 'none', ...this.strokeAttributes() })
  }

  clip(): void {
    const id = `${this.prefix}c${this.definitions.length}`
    this.definitions.push(svgElement('clipPath', { id },
      svgElement('path', { d: this.path === '' ? 'M0 0' : this.path, transform: this.transformText() })))
    this.parts.push(`<g clip-path="url(#${id})">`)
    this.clips++
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    if (width > 0 && height > 0) this.add('rect', { x, y, width, height, ...this.fillAttributes() })
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.add('rect', { x, y, width: Math.max(0, width), height: Math.max(0, height), fill: 'none', ...this.strokeAttributes() })
  }

  /** Of a fresh picture there is nothing to clear. */
  clearRect(): void { /* painters clear a canvas before they begin */ }

  fillText(text: string, x: number, y: number): void {
    const [, style, weight, size, family] = fonts.exec(this.font) ?? [null, null, null, '10', 'sans-serif']
    const pixels = Number(size)
    const lift = { middle: 0.35, top: 0.8, hanging: 0.8, bottom: -0.2, ideographic: -0.2, alphabetic: 0 }[this.textBaseline]
    const anchor = { left: null, start: null, center: 'middle', right: 'end', end: 'end' }[this.textAlign]
    this.add('text', {
      // by an offset and not by dominant-baseline, which few programs that read SVG know
      x, y: y + lift * pixels, 'font-family': family, 'font-size': pixels, 'font-style': style, 'font-weight': weight,
      'text-anchor': anchor, 'xml:space': /^\s|\s\s|\s$/.test(text) ? 'preserve' : null, ...this.fillAttributes(),
    }, text)
  }

  measureText(text: string): { width: number } {
    return { width: this.measure(text, this.font) }
  }

  /** A tile drawn as vectors; the same drawing is defined once. */
  vectorPattern(size: number, draw: (tile: SvgContext) => void): SvgPattern {
    const tile = new SvgContext(size, size, `${this.prefix}t`, this.measure)
    draw(tile)
    return this.pattern(size, size, tile.content())
  }

  /** A canvas as a tile: pixels inside the picture. */
  createPattern(image: HTMLCanvasElement): SvgPattern {
    const { width, height } = image
    return this.pattern(width, height, svgElement('image', { width, height, href: image.toDataURL() }))
  }

  drawImage(image: HTMLCanvasElement, x: number, y: number, width = image.width, height = image.height): void {
    this.add('image', { x, y, width, height, preserveAspectRatio: 'none', href: image.toDataURL(), ...this.alpha('opacity') })
  }

  private pattern(width: number, height: number, content: string): SvgPattern {
    const known = this.definitions.findIndex((text) => text.endsWith(`>${content}</pattern>`))
    const id = `${this.prefix}p${known < 0 ? this.definitions.length : known}`
    if (known < 0) this.definitions.push(svgElement('pattern', { id, width, height, patternUnits: 'userSpaceOnUse' }, content))
    return new SvgPattern(id)
  }

  private add(name: string, attributes: Attributes, text?: string): void {
    const all = { ...attributes, transform: this.transformText() }
    this.parts.push(text === undefined ? svgElement(name, all) : svgElement(name, all, xmlText(text)))
  }

  private transformText(): string | null {
    const { matrix } = this
    return matrix.every((value, i) => value === identity[i])
      ? null : `matrix(${matrix.map((value) => String(Number(value.toPrecision(8)))).join(' ')})`
  }

  private fillAttributes(): Attributes {
    return { fill: paintText(this.fillStyle), ...this.alpha('fill-opacity') }
  }

  private strokeAttributes(): Attributes {
    return {
      stroke: paintText(this.strokeStyle), 'stroke-width': this.lineWidth,
      'stroke-dasharray': this.dash.length > 0 ? this.dash.map(svgNumber).join(' ') : null,
      'stroke-linecap': this.lineCap === 'butt' ? null : this.lineCap,
      'stroke-linejoin': this.lineJoin === 'miter' ? null : this.lineJoin, ...this.alpha('stroke-opacity'),
    }
  }

  private alpha(name: string): Attributes {
    return { [name]: this.globalAlpha < 1 ? this.globalAlpha : null }
  }
}

function paintText(style: string | SvgPattern): string {
  return typeof style === 'string' ? style : `url(#${style.id})`
}
