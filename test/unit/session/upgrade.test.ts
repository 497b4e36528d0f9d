import { describe, expect, it } from 'vitest'
import { upgradeManifest } from '../../../engine/session/upgrade'

describe('upgradeManifest', () => {
  const manifest = { format: 'worldswitch.session', version: 1, notes: 'n' }
  const steps = {
    1: (m: Record<string, unknown>) => ({ ...m, two: true }),
    2: (m: Record<string, unknown>) => ({ ...m, notes: `${m['notes'] as string}!` }),
  }
  it('goes through every step to the current version', () => {
    expect(upgradeManifest('x', manifest, steps, 3)).toEqual({ ...manifest, version: 3, two: true, notes: 'n!' })
    expect(upgradeManifest('x', { ...manifest, version: 2 }, steps, 3)).toEqual({ ...manifest, version: 3, notes: 'n!' })
    expect(upgradeManifest('x', manifest)).toEqual(manifest)
  })
  it('says both versions when there is no way', () => {
    expect(() => upgradeManifest('x', { ...manifest, version: 4 }, steps, 3)).toThrow('version 4; this Worldswitch reads up to version 3')
    expect(() => upgradeManifest('x', manifest, { 2: steps[2] }, 3)).toThrow('no way to version 3')
    for (const version of [0, -1, 1.5, null, '1']) expect(() => upgradeManifest('x', { ...manifest, version })).toThrow('no version number')
  })
})
