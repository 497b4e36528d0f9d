import { SvgContext, type Measure } from './svg-context'

/** A picture as SVG markup without an outer element; in CSS pixels. */
export interface Drawing {
  width: number
  height: number
  markup: string
}

/** What a mounted chart offers to exports. */
export interface Picture {
  /** Where it is on screen. */
  element: Element
  /** What it shows, in words. */
  name: string
  /** Draws it as it is now; ids in the markup begin with `prefix`. */
  draw(prefix: string): Drawing
}

const offered = new Set<Picture>()

/** A chart offers its picture as long as it is mounted; the answer takes it back. */
export function offerPicture(picture: Picture): () => void {
  offered.add(picture)
  return () => { offered.delete(picture) }
}

/** The pictures on screen inside an element, as they come in the document. */
export function picturesIn(root: Element): Picture[] {
  return [...offered].filter(({ element }) => root.contains(element) && element.clientWidth > 0 && element.clientHeight > 0)
    .sort((a, b) => (a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
}

let measuring: CanvasRenderingContext2D | null = null

/** How wide a text is in this window's fonts. */
export const measureText: Measure = (text, font) => {
  measuring ??= document.createElement('canvas').getContext('2d')
  if (!measuring) return text.length * 7
  measuring.font = font
  return measuring.measureText(text).width
}

/** What a painter draws on a canvas, drawn as SVG. The painter must be a fresh one if it keeps patterns. */
export function drawingOf(
  width: number, height: number, prefix: string, paint: (context: CanvasRenderingContext2D) => void, measure = measureText,
): Drawing {
  const context = new SvgContext(width, height, prefix, measure)
  paint(context as unknown as CanvasRenderingContext2D)
  return { width, height, markup: context.content() }
}
