import { describe, expect, it } from 'vitest'
import { worldIds, worldNames } from '../../../engine/worlds'
import { contrast, inkOn, rgbOf } from '../../../renderer/theme/contrast'
import { worldColours, worldFill } from '../../../renderer/theme/world-colours'

type Vector = [number, number, number]

/** Machado, Oliveira, Fernandes 2009, severity 1, on linear RGB. */
const deficiencies: Record<string, [Vector, Vector, Vector]> = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}

function linear(hex: string): Vector {
  return rgbOf(hex).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)) as Vector
}

/** CIE L*a*b*, D65. */
function lab(rgb: Vector): Vector {
  const [r, g, b] = rgb.map((part) => Math.min(1, Math.max(0, part))) as Vector
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 * t + 16) / 116)
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function seen(hex: string, matrix: [Vector, Vector, Vector]): Vector {
  const rgb = linear(hex)
  return lab(matrix.map((row) => row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]) as Vector)
}

function distance(a: Vector, b: Vector): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}

describe('world colours', () => {
  it('there is one for each world', () => {
    expect(worldColours).toHaveLength(worldIds.length)
  })

  it.each([false, true])('labels reach AA contrast on every fill (dark: %s)', (dark) => {
    worldColours.forEach((_, world) => {
      const fill = worldFill(world, dark)
      expect(contrast(fill, inkOn(fill)), worldNames[world]).toBeGreaterThanOrEqual(4.5)
    })
  })

  // 10 in CIE 1976 is far above the just noticeable 2.3
  it.each(Object.keys(deficiencies))('worlds differ in colour or pattern with %s', (name) => {
    for (const dark of [false, true]) {
      worldColours.forEach((one, a) => worldColours.forEach((other, b) => {
        if (a >= b || one.pattern !== other.pattern) return
        const between = distance(seen(worldFill(a, dark), deficiencies[name]!), seen(worldFill(b, dark), deficiencies[name]!))
        expect(between, `${worldNames[a]} and ${worldNames[b]}, ${dark ? 'dark' : 'light'}`).toBeGreaterThan(10)
      }))
    }
  })
})
