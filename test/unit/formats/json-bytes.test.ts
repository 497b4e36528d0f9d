import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonBytes, JsonFault } from '../../../engine/formats/json-bytes'

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Everything, as JSON.parse gives it. */
function whole(json: JsonBytes): unknown {
  switch (json.kind()) {
    case 'object': {
      const found: [string, unknown][] = []
      json.object((key) => found.push([key, whole(json)]))
      return Object.fromEntries(found)
    }
    case 'array': {
      const found: unknown[] = []
      json.array(() => found.push(whole(json)))
      return found
    }
    case 'string': return json.string()
    case 'number': return json.number()
    case 'boolean': return json.boolean()
    case 'null':
      json.skip()
      return null
  }
}

describe('JSON from bytes', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(fc.property(fc.json(), (text) => {
      expect(whole(new JsonBytes(bytesOf(text)))).toEqual(JSON.parse(text))
    }), { numRuns: 500 })
  })

  it('reads every number as JSON.parse does, to the last bit', () => {
    fc.assert(fc.property(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.nat({ max: 1e9 }).map((n) => n / 1000)), (value) => {
      const text = JSON.stringify(value)
      expect(new JsonBytes(bytesOf(text)).number()).toBe(JSON.parse(text))
    }), { numRuns: 2000 })
  })

  it('skips any value and goes on behind it', () => {
    fc.assert(fc.property(fc.json(), (text) => {
      const json = new JsonBytes(bytesOf(`[${text}, 42]`))
      const found: number[] = []
      json.array((index) => { if (index === 0) json.skip(); else found.push(json.number()) })
      expect(found).toEqual([42])
    }), { numRuns: 300 })
  })

  it('skips a hundred thousand brackets without a deep call', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const json = new JsonBytes(bytesOf(`{"a":${deep},"b":1}`))
    let b = 0
    json.object((key) => { if (key === 'b') b = json.number(); else json.skip() })
    expect(b).toBe(1)
  })

  it('says where a text breaks, whatever its cut', () => {
    const text = JSON.stringify({ frames: [{ name: 'a "b" \\', line: 12.5 }], ok: true, none: null })
    for (let length = 0; length < text.length; length++) {
      expect(() => whole(new JsonBytes(bytesOf(text.slice(0, length))))).toThrow(JsonFault)
    }
  })

  it('does not wait for ever at a control character', () => {
    for (const text of ['[\u0001]', '{"a":[1,\u0002,3]}', '[[[\u0000']) {
      const json = new JsonBytes(bytesOf(text))
      expect(() => json.skip()).toThrow(JsonFault)
    }
  })

  it('lets a comma before the end pass, and a byte order mark', () => {
    expect(whole(new JsonBytes(bytesOf('\ufeff[1, 2, ]')))).toEqual([1, 2])
  })
})
