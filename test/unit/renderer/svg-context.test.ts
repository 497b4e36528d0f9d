import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SvgContext } from '../../../renderer/charts/svg-context'
import { svgElement, xmlText } from '../../../renderer/charts/svg-text'

const measure = (text: string) => text.length * 7
const context = () => new SvgContext(100, 50, 'x', measure)
const asCanvas = (svg: SvgContext) => svg as unknown as CanvasRenderingContext2D

describe('text in a picture', () => {
  test('of markup stays text', () => {
    const svg = context()
    svg.fillText('</text><script>alert("1")</script>&\'', 1, 2)
    expect(svg.content()).toContain('&lt;/text&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;</text>')
    expect(svg.content()).not.toContain('<script')
  })

  test('any text gives characters that XML allows, and none that ends it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const made = xmlText(text)
      expect(made).not.toMatch(/[<>"']/)
      for (const letter of made) {
        const code = letter.codePointAt(0)!
        expect(code >= 32 || code === 9 || code === 10 || code === 13).toBe(true)
        expect(code >= 0xd800 && code <= 0xdfff || code === 0xfffe || code === 0xffff).toBe(false)
      }
    }))
  })

  test('keeps emoji and umlauts', () => expect(xmlText('Größe 😀')).toBe('Größe 😀'))

  test('takes its font, anchor and middle from the context', () => {
    const svg = context()
    Object.assign(svg, { font: 'bold 12px system-ui, sans-serif', textAlign: 'center', textBaseline: 'middle', fillStyle: '#123456' })
    svg.fillText('a', 10, 20)
    expect(svg.content()).toBe('<text x="10" y="24.2" font-family="system-ui, sans-serif" font-size="12" font-weight="bold" text-anchor="middle" fill="#123456">a</text>')
  })
})

test('attributes are escaped and short', () => {
  expect(svgElement('a', { b: '"><', c: 1 / 3, d: null, e: undefined })).toBe('<a b="&quot;&gt;&lt;" c="0.33"/>')
})

test('what is saved comes back, and clips end with it', () => {
  const svg = context()
  svg.save()
  svg.globalAlpha = 0.5
  svg.translate(3, 4)
  svg.beginPath()
  svg.rect(0, 0, 5, 5)
  svg.clip()
  svg.fillRect(0, 0, 9, 9)
  svg.restore()
  svg.fillRect(1, 1, 1, 1)
  expect(svg.content()).toBe('<defs><clipPath id="xc0"><path d="M0 0h5v5h-5Z" transform="matrix(1 0 0 1 3 4)"/></clipPath></defs>'
    + '<g clip-path="url(#xc0)"><rect x="0" y="0" width="9" height="9" fill="#000" fill-opacity="0.5" transform="matrix(1 0 0 1 3 4)"/></g>'
    + '<rect x="1" y="1" width="1" height="1" fill="#000"/>')
})

test('a stroke after a pattern is no pattern, and the same tile is defined once', () => {
  const svg = context()
  const draw = (tile: SvgContext) => tile.fillRect(0, 0, 1, 1)
  const [one, two] = [svg.vectorPattern(6, draw), svg.vectorPattern(6, draw)]
  expect(one.id).toBe(two.id)
  svg.fillStyle = one
  svg.fillRect(0, 0, 5, 5)
  svg.strokeStyle = '#fff'
  svg.strokeRect(0, 0, 5, 5)
  expect(svg.content().match(/<pattern/g)).toHaveLength(1)
  expect(svg.content()).toContain(`fill="url(#${one.id})"`)
  expect(svg.content()).toContain('fill="none" stroke="#fff"')
})

test('a full circle is drawn', () => {
  const svg = context()
  svg.beginPath()
  svg.arc(10, 10, 5, 0, 2 * Math.PI)
  svg.fill()
  expect(svg.content()).toContain('d="M15 10A5 5 0 0 1 5 10A5 5 0 0 1 15 10"')
})

test('what a painter asks for and is not there fails loudly', () => {
  expect(() => asCanvas(context()).createLinearGradient(0, 0, 1, 1)).toThrow(TypeError)
})
