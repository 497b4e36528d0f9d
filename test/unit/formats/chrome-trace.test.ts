import { describe, expect, it } from 'vitest'
import { chromeTraceReason } from '../../../engine/formats/chrome-trace/detect'
import { readChromeTrace } from '../../../engine/formats/chrome-trace/read'
import { PlainErrorException } from '../../../engine/plain-error'
import { beginningOf, bytesOf, fixture, rowsOf, totalOf } from './readers'

const read = (text: string) => readChromeTrace('x.json', bytesOf(text), 'asked for')
const event = (ph: string, name: string, ts: number, more: object = {}) => JSON.stringify({ ph, name, ts, pid: 1, tid: 2, cat: 'c', ...more })
const plain = (rows: string[]) => rows.map((row) => row.replace(/ @.*/, ''))

describe('Chrome trace events', () => {
  it('of Node: every pair and every complete event, threads by name, the rest counted', () => {
    const bytes = fixture('node-trace-events.json')
    expect(chromeTraceReason(beginningOf(bytes))).not.toBeNull()
    const { profile, report } = readChromeTrace('node', bytes, 'r')
    expect(profile.threads.every((name) => name.startsWith('node / '))).toBe(true)
    expect(report.samplesDropped).toEqual([{ reason: 'instant events (no spans of time)', count: 4 }])
    expect(report.notes.join()).toContain('1 spans of node / asynchronous node,node.environment have no end')
    const { traceEvents } = JSON.parse(new TextDecoder().decode(bytes)) as { traceEvents: { ph: string; ts: number; dur: number; name: string }[] }
    expect(profile.frames.name).toContain('V8.DeserializeIsolate')
    const span = Math.max(...traceEvents.filter(({ ph }) => 'BEX'.includes(ph)).map(({ ts, dur }) => ts + dur)) - Math.min(...traceEvents.filter(({ ph }) => 'BEX'.includes(ph)).map(({ ts }) => ts))
    expect(totalOf(profile)).toBeGreaterThan(0)
    expect(totalOf(profile)).toBeLessThanOrEqual(span * 1000 * profile.threads.length)
  })

  it('nest by thread, whatever their order in the file', () => {
    const { profile } = read(`[${[event('E', '', 9), event('B', 'outer', 1), event('X', 'inner', 3, { dur: 2 })].join()}]`)
    expect(plain(rowsOf(profile))).toEqual(['process 1 / thread 2: outer 2000', 'process 1 / thread 2: outer;inner 2000', 'process 1 / thread 2: outer 4000'])
  })

  it('put the longer of two that begin together outside', () => {
    const { profile } = read(`{"traceEvents":[${[event('X', 'short', 0, { dur: 2 }), event('X', 'long', 0, { dur: 5 })].join()}]}`)
    expect(plain(rowsOf(profile))).toEqual(['process 1 / thread 2: long;short 2000', 'process 1 / thread 2: long 3000'])
  })

  it('that do not match are counted, and a list without its end is read', () => {
    const { profile, report } = read(`[${event('E', '', 0)},${event('B', 'open', 1)},${event('X', 'x', 2, { dur: 3 })},`)
    expect(plain(rowsOf(profile))).toEqual(['process 1 / thread 2: open 1000', 'process 1 / thread 2: open;x 3000'])
    expect(report.samplesDropped).toEqual([{ reason: 'ends without a beginning in process 1 / thread 2', count: 1 }])
    expect(report.notes.join()).toContain('writers that are stopped leave their list open')
    expect(report.notes.join()).toContain('1 spans of process 1 / thread 2 have no end')
  })

  it('bring the CPU profile that their chunks hold', () => {
    const chunk = (data: object) => ({ id: '0x1', args: { data } })
    const node = (id: number, functionName: string, parent?: number) => ({ id, parent, callFrame: { functionName, url: 'a.js' } })
    const { profile } = read(`[${[
      event('P', 'Profile', 0, chunk({ startTime: 100 })),
      event('P', 'ProfileChunk', 1, chunk({ cpuProfile: { nodes: [node(1, '(root)'), node(2, 'main', 1)], samples: [2] }, timeDeltas: [5] })),
      event('P', 'ProfileChunk', 2, chunk({ cpuProfile: { nodes: [node(3, 'leaf', 2)], samples: [3, 2] }, timeDeltas: [7, 8] })),
    ].join()}]`)
    expect(plain(rowsOf(profile))).toEqual(['process 1 / CPU profile: main 7000', 'process 1 / CPU profile: main;leaf 8000', 'process 1 / CPU profile: main 0'])
  })

  it('that are asynchronous are a thread of their category: each piece of work by itself, however they overlap', () => {
    const work = (ph: string, name: string, ts: number, id: string, more: object = {}) => event(ph, name, ts, { id, ...more })
    const { profile, report } = read(`[${[
      work('b', 'load', 0, '1'), work('b', 'parse', 2, '1'), work('b', 'load', 1, '2'), work('e', 'parse', 5, '1', { tid: 9 }), work('n', 'mark', 3, '1'),
      work('e', 'load', 4, '2'), work('e', 'load', 6, '1'), work('e', 'load', 7, '3'), work('S', 'old', 10, '4'), work('F', 'old', 12, '4'),
      work('b', 'open', 20, '5'), event('b', 'two', 0, { id2: { local: '0x1' } }), event('e', 'two', 3, { id2: { local: '0x1' } }),
    ].join()}]`)
    expect(plain(rowsOf(profile)).sort()).toEqual([
      'load 1000', 'load 2000', 'load 3000', 'load;parse 3000', 'old 2000', 'two 3000',
    ].map((row) => `process 1 / asynchronous c: ${row}`))
    expect(report.samplesDropped).toEqual([
      { reason: 'ends without a beginning in process 1 / asynchronous c', count: 1 }, { reason: 'moments of asynchronous events (no spans of time)', count: 1 },
    ])
    expect(report.notes.join()).toContain('1 spans of process 1 / asynchronous c have no end')
  })

  it('of counters, flows and other kinds are told, and odd times and durations too', () => {
    const { profile, report } = read(`[${[
      event('X', 'f', 0, { dur: 5 }), event('X', 'odd', 9, { dur: -4 }), event('X', 'none', 9, { dur: null }), JSON.stringify({ ph: 'B', name: 'timeless', pid: 1, tid: 2 }),
      event('C', 'heap', 1, { args: { used: 5, free: 'x' } }), event('C', 'heap', 2, { args: { used: 2.5, free: 7 } }), event('s', 'way', 1, { id: 1 }), event('f', 'way', 3, { id: 1 }),
      event('constructor', 'x', 1), event('', 'x', 1),
    ].join()}]`)
    expect(plain(rowsOf(profile))).toEqual(['process 1 / thread 2: f 5000'])
    expect(report.notes).toEqual([
      'counter heap used of process 1: from 2.5 to 5 in 2 events', 'counter heap free of process 1: from 7 to 7 in 1 event',
      '2 durations are below 0 or no numbers: they were taken as 0',
    ])
    expect(report.samplesDropped.map(({ reason, count }) => `${count} ${reason}`)).toEqual([
      '1 events without a time (no spans of time)', '2 counter events (no spans of time)', '2 flow events (no spans of time)', '1 events of kind "construc" (no spans of time)', '1 events of kind "" (no spans of time)',
    ])
  })

  it('without any span are refused in words', () => {
    expect(() => read(`[${event('I', 'mark', 1)}]`)).toThrow(PlainErrorException)
  })
})
