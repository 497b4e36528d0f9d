import { describe, expect, it } from 'vitest'
import { sourceOfBytes } from '../../../engine/formats/file-source'
import { importSteps } from '../../../engine/formats/open-profile'
import { sortedInSteps } from '../../../engine/formats/sorted-in-steps'
import { encodePprof } from '../../../engine/formats/pprof/write'
import { Random } from '../../../engine/machine/random'
import { folded } from '../profile/build'
import { bytesOf } from './readers'

const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))
const schema = 'https://www.speedscope.app/file-format-schema.json'
const frames = many(50, (i) => ({ name: `function ${i}` }))

/** Two megabytes or more of each format that is read as a whole, and of pprof. */
const files: Record<string, () => Uint8Array> = {
  'speedscope, sampled': () => bytesOf(JSON.stringify({
    $schema: schema, shared: { frames },
    profiles: many(2, (k) => ({ type: 'sampled', name: `t${k}`, unit: 'none', startValue: 0, endValue: 1, samples: many(50_000, (i) => many(8, (j) => (i * j) % 50)), weights: many(50_000, (i) => i) })),
  })),
  'speedscope, evented': () => bytesOf(JSON.stringify({
    $schema: schema, shared: { frames },
    profiles: [{ type: 'evented', name: 't', unit: 'none', startValue: 0, endValue: 1e6, events: many(60_000, (i) => ({ type: i % 2 === 0 ? 'O' : 'C', frame: (i >> 1) % 50, at: i })) }],
  })),
  'cpuprofile': () => bytesOf(JSON.stringify({
    nodes: many(10_000, (i) => ({ id: i + 1, callFrame: { functionName: `f${i}`, scriptId: '0', url: 'x.js', lineNumber: i, columnNumber: 0 }, parent: i })),
    startTime: 0, endTime: 1e9, samples: many(200_000, (i) => 1 + (i % 10_000)), timeDeltas: many(200_000, () => 1000),
  })),
  'chrome-trace': () => bytesOf(JSON.stringify({
    traceEvents: many(40_000, (i) => ({ ph: 'X', name: `f${i % 50}`, cat: 'c', pid: 1, tid: i % 2, ts: 4e6 - i * 10, dur: 7 })),
  })),
  'firefox': () => bytesOf(JSON.stringify({
    meta: { version: 24, interval: 1 }, libs: [], processes: [],
    threads: many(2, (k) => ({
      name: `T${k}`, tid: k, stringTable: many(50, (i) => `f${i}`), frameTable: { schema: { location: 0 }, data: many(50, (i) => [i]) },
      stackTable: { schema: { prefix: 0, frame: 1 }, data: many(50_000, (i) => [i > 0 ? i >> 1 : null, i % 50]) },
      samples: { schema: { stack: 0, time: 1 }, data: many(80_000, (i) => [i % 50_000, i]) },
    })),
  })),
  'pprof': () => encodePprof(folded(...many(110_000, (i) => `main;a${i % 97};b${i % 89};c${i % 83};d${i % 79} ${i}`))),
}

describe('a large file', () => {
  for (const [name, make] of Object.entries(files)) {
    it(`of ${name} is read in steps: who waits sees how far it is and can cancel all the time`, () => {
      const bytes = make()
      expect(bytes.length).toBeGreaterThan(2e6)
      const steps = importSteps('x', sourceOfBytes(bytes))
      let [last, count, largest] = [0, 0, 0]
      for (let step = steps.next(); !step.done; step = steps.next()) {
        expect(step.value).toBeGreaterThanOrEqual(last)
        largest = Math.max(largest, step.value - last)
        last = step.value
        count++
      }
      expect(last).toBeLessThanOrEqual(bytes.length)
      expect(last).toBeGreaterThan(bytes.length / 2)
      // pieces of the content, and of the work on it
      expect(largest).toBeLessThan(bytes.length / 4)
      expect(count).toBeGreaterThan(bytes.length / 2 ** 18)
    })
  }
})

describe('sorting in steps', () => {
  it('gives what sorting gives', () => {
    const random = new Random(5, 5)
    for (const length of [0, 1, 2, 16_384, 16_385, 50_000]) {
      const keys = many(length, () => random.between(0, 1000))
      const compare = (a: number, b: number) => keys[a]! - keys[b]! || a - b
      const work = sortedInSteps(length, compare)
      let step = work.next()
      let steps = 0
      for (; !step.done; step = work.next()) steps++
      expect(step.value).toEqual(Int32Array.from(keys.keys()).sort(compare))
      expect(steps).toBeGreaterThanOrEqual(Math.floor(length / 16_384))
    }
  })
})
