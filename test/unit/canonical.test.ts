import { describe, expect, it } from 'vitest'
import { canonicalJson, digestOf } from '../../engine/canonical'

describe('canonical JSON', () => {
  it('sorts keys at every level, keeps lists in order and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [2, 1, { z: null, a: 'x' }], a: undefined, 'A': true })).toBe('{"A":true,"b":[2,1,{"a":"x","z":null}]}')
  })
  it('writes typed arrays as lists and minus zero as zero', () => {
    expect(canonicalJson({ a: new Float64Array([1.5, -0, 1e21]), b: new Int32Array(0) })).toBe('{"a":[1.5,0,1e+21],"b":[]}')
  })
  it('names where a number is not finite or a value is not data', () => {
    expect(() => canonicalJson({ a: [1, Number.NaN] })).toThrow('$.a[1] is NaN')
    expect(() => canonicalJson({ a: Infinity })).toThrow('$.a')
    expect(() => canonicalJson({ a: new Map() })).toThrow('$.a')
    expect(() => canonicalJson([() => 1])).toThrow('$[0]')
  })
  it('digests equal values alike whatever their order of keys, and the empty object as sha256 of {}', () => {
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }))
    expect(digestOf({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  })
})
