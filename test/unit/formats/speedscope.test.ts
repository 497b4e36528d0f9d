import { describe, expect, it } from 'vitest'
import { speedscopeReason } from '../../../engine/formats/speedscope/detect'
import { readSpeedscope } from '../../../engine/formats/speedscope/read'
import { beginningOf, bytesOf, fixture, rowsOf } from './readers'

const schema = 'https://www.speedscope.app/file-format-schema.json'
const frames = [{ name: 'main' }, { name: 'work', file: 'a.c' }, { name: 'idle' }]
const file = (...profiles: object[]) => bytesOf(JSON.stringify({ $schema: schema, profiles, shared: { frames } }))
const read = (bytes: Uint8Array) => readSpeedscope('x.json', bytes, 'asked for')

describe('speedscope files', () => {
  it('of the real program: every thread, every sample, time as weight', () => {
    const bytes = fixture('speedscope-from-perf-script.speedscope.json')
    expect(speedscopeReason(beginningOf(bytes))).not.toBeNull()
    const { profile, report } = read(bytes)
    const json = JSON.parse(new TextDecoder().decode(bytes)) as { profiles: { name: string; unit: string; events: { type: string; at: number }[] }[] }
    expect(profile.threads).toEqual(json.profiles.map(({ name }) => name))
    expect(report).toMatchObject({ samplesDropped: [], stampsOutOfOrder: 0, notUnderstood: 0 })
    // seconds during which anything was open, counted without stacks
    let seconds = 0
    for (const { events } of json.profiles.filter(({ unit }) => unit === 'seconds')) {
      let depth = 0
      events.forEach(({ type, at }, i) => {
        if (depth > 0) seconds += at - events[i - 1]!.at
        depth += type === 'O' ? 1 : -1
      })
      expect(depth).toBe(0)
    }
    const time = profile.weightTypes.findIndex(({ name }) => name === 'time')
    expect(profile.samples.weights[time]!.reduce((a, b) => a + b, 0) / 1e9).toBeCloseTo(seconds, 6)
  })

  it('with samples are a row each, in the unit they name', () => {
    const { profile } = read(file({ type: 'sampled', name: 't', unit: 'milliseconds', startValue: 5, endValue: 9, samples: [[0, 1], [0]], weights: [3, 1] }))
    expect(rowsOf(profile)).toEqual(['t: main;work 3000000 @0', 't: main 1000000 @0.003'])
  })

  it('with events are a row a span between two of them', () => {
    const events = [['O', 0, 0], ['O', 2, 1], ['C', 5, 1], ['C', 6, 0], ['O', 8, 2], ['C', 9, 2]]
      .map(([type, at, frame]) => ({ type, at, frame }))
    const { profile } = read(file({ type: 'evented', name: 't', unit: 'nanoseconds', startValue: 0, endValue: 10, events }))
    expect(rowsOf(profile).map((row) => row.replace(/ @.*/, ''))).toEqual(['t: main 2', 't: main;work 3', 't: main 1', 't: idle 1'])
  })

  it('with events that do not match are read as far as they make sense, and that is counted', () => {
    const events = [['C', 0, 1], ['O', 1, 0], ['O', 2, 1], ['C', 4, 0], ['O', 3, 7], ['O', 5, 2]].map(([type, at, frame]) => ({ type, at, frame }))
    const { profile, report } = read(file({ type: 'evented', name: 't', unit: 'none', startValue: 0, endValue: 8, events }))
    expect(rowsOf(profile)).toEqual(['t: main 1', 't: main;work 2', 't: idle 3'])
    expect(report.samplesDropped).toEqual([
      { reason: 'ends of a call that had not begun', count: 1 }, { reason: 'events without type, time or a frame of the file', count: 1 },
    ])
    expect(report.notes.join()).toContain('1 calls of "t" had no end')
  })

  it('that break off keep what came before', () => {
    const whole = new TextDecoder().decode(file({ type: 'sampled', name: 't', unit: 'none', startValue: 0, endValue: 2, samples: [[0], [1]], weights: [1, 1] }))
    // shared stands first here, as the real program writes it
    const ordered = `{"$schema":"${schema}","shared":${JSON.stringify({ frames })},${whole.slice(whole.indexOf('"profiles"'), whole.indexOf(',"shared"'))}`
    const { profile, report } = read(bytesOf(ordered))
    expect(rowsOf(profile)).toEqual(['t: main 1', 't: work 1'])
    expect(report.notes.join()).toContain('breaks off')
  })
})
