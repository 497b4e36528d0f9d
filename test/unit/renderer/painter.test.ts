import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FlamePainter } from '../../../renderer/charts/flame-painter'
import { rowHeight, type FlameScene } from '../../../renderer/charts/scene'
import { flameOf } from '../../../renderer/state/derived'
import { simulatedProfile } from './fixture'

interface Rect { x: number; y: number; width: number; height: number; fill: unknown }
interface Text { text: string; x: number; y: number }

/** A canvas that writes down what is drawn on it: letters are 7 px wide. */
class RecordingContext {
  rects: Rect[] = []
  texts: Text[] = []
  strokes: Rect[] = []
  fillStyle: unknown = ''
  strokeStyle: unknown = ''
  lineWidth = 1
  globalAlpha = 1
  font = ''
  textBaseline = ''
  textAlign = ''
  setTransform() {}
  scale() {}
  beginPath() {}
  moveTo() {}
  lineTo() {}
  stroke() {}
  measureText(text: string) { return { width: text.length * 7 } }
  createPattern() { return { setTransform() {}, pattern: true } }
  fillRect(x: number, y: number, width: number, height: number) {
    this.rects.push({ x, y, width, height, fill: this.fillStyle })
  }
  strokeRect(x: number, y: number, width: number, height: number) {
    this.strokes.push({ x, y, width, height, fill: this.strokeStyle })
  }
  fillText(text: string, x: number, y: number) { this.texts.push({ text, x, y }) }
}

function fakeCanvas() {
  const context = new RecordingContext()
  return { width: 0, height: 0, context, getContext: () => context }
}

function paint(more: Partial<FlameScene> = {}, width = 800, height = 200) {
  const { tree, layout } = flameOf(simulatedProfile(), 0, 'total', null)!
  const context = new RecordingContext()
  const scene: FlameScene = {
    tree, layout, rootLabel: 'total time', whole: 100, unit: '%', range: { from: 0, to: 100 }, axis: true, firstRow: 0,
    dark: false, mono: false, matched: null, selected: -1, hovered: -1, ...more,
  }
  new FlamePainter().paintOn(context as unknown as CanvasRenderingContext2D, scene, width, height, 2)
  return { context }
}

describe('painting a flame', () => {
  beforeEach(() => {
    vi.stubGlobal('document', { createElement: fakeCanvas })
    vi.stubGlobal('DOMMatrix', class { scale() { return this } })
  })
  afterEach(() => vi.unstubAllGlobals())

  it('draws every row inside the picture and the root over all of it', () => {
    const { context } = paint()
    expect(context.rects[0]).toMatchObject({ x: 0, y: 0, width: 799 })
    for (const { x, y, width, height } of context.rects) {
      expect(x).toBeGreaterThanOrEqual(0)
      expect(x + width).toBeLessThanOrEqual(800.001)
      expect(y + height).toBeLessThanOrEqual(200)
    }
  })

  it('never draws a label wider than its box, or past the picture', () => {
    for (const { text, x } of paint({ range: { from: 10, to: 30 } }).context.texts) {
      expect(x + text.length * 7).toBeLessThanOrEqual(800)
    }
    expect(paint().context.texts.map(({ text }) => text)).toContain('VMM time')
  })

  it('leaves out rows above the first and rows that would be cut', () => {
    const { context } = paint({ firstRow: 2 }, 800, rowHeight * 2 + 5)
    expect(context.texts.some(({ text }) => text === 'VMM time')).toBe(false)
    expect(Math.max(...context.rects.map(({ y }) => y))).toBe(rowHeight)
  })

  it('marks the selected box once', () => {
    expect(paint().context.strokes).toHaveLength(0)
    expect(paint({ selected: 1 }).context.strokes).toHaveLength(1)
  })

  it('leaves room beside a whole that is narrower than the scale', () => {
    const right = Math.max(...paint({ whole: 100, range: { from: 0, to: 200 } }).context.rects.map(({ x, width }) => x + width))
    expect(right).toBeLessThanOrEqual(400)
    expect(right).toBeGreaterThan(390)
  })
})
