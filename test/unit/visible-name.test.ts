import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importProfile } from '../../engine/formats/open-profile'
import { encodePprof } from '../../engine/formats/pprof/write'
import { longestName, visibleName, visibleText } from '../../engine/visible-name'

describe('a name as it is shown', () => {
  it('is itself where there is nothing unseen in it, in any script', () => {
    for (const name of ['', 'std::vector<int>', 'ядро', 'فعل', '実行', '👩\u200d🔬', 'a\u0308', '<img src=x onerror=alert(1)>', '=1+2']) expect(visibleName(name)).toBe(name)
  })

  it('shows control characters, turns of direction, what has no width, and halves of letters', () => {
    expect(visibleName('a\u0000b\tc\nd\u001b[31m\u007f\u009b')).toBe('a⟨U+0000⟩b⟨U+0009⟩c⟨U+000A⟩d⟨U+001B⟩[31m⟨U+007F⟩⟨U+009B⟩')
    expect(visibleName('\u202egpj.exe\u2066x\u200f')).toBe('⟨U+202E⟩gpj.exe⟨U+2066⟩x⟨U+200F⟩')
    expect(visibleName('a\u200bb\ufeff\u2028\ud800\u{e0041}')).toBe('a⟨U+200B⟩b⟨U+FEFF⟩⟨U+2028⟩⟨U+D800⟩⟨U+E0041⟩')
    expect(visibleText('what:\n\u001b[2J')).toBe('what:\n⟨U+001B⟩[2J')
  })

  it('of a megabyte is cut, and two with the same beginning stay two', () => {
    const [a, b] = ['x'.repeat(1 << 20), `${'x'.repeat((1 << 20) - 1)}y`]
    expect(visibleName(a)).toHaveLength(longestName)
    expect(visibleName(a)).toMatch(/x… \(1,048,576 characters, [0-9a-f]{8}\)$/)
    expect(visibleName(a)).not.toBe(visibleName(b))
    expect(visibleName(`${'x'.repeat(longestName - 44)}${'🔬'.repeat(100)}`)).not.toMatch(/[\ud800-\udbff]…/)
  })

  it('holds nothing unseen whatever came in, is never too long, and going through again changes nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.integer({ min: 1, max: 400 }), (text, times) => {
      const shown = visibleName(text.repeat(times))
      expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u)
      expect(shown.length).toBeLessThanOrEqual(longestName)
      expect(visibleName(shown)).toBe(shown)
    }))
  })
})

describe('names of a file', () => {
  const hostile = ['\u202eevil', 'a\u001b]0;title\u0007', '<script>alert(1)</script>', 'x'.repeat(1 << 20), '=HYPERLINK("http://x")']

  it('are shown as they are, in every part of a profile and of what is said of it', () => {
    const events = hostile.map((name, i) => ({ ph: 'X', ts: i, dur: 1, pid: 1, tid: 1, name }))
    const thread = { ph: 'M', name: 'thread_name', pid: 1, tid: 1, args: { name: 'T\u202e\u0001' } }
    const { profile, report } = importProfile('a\u202e.json', new TextEncoder().encode(JSON.stringify({ traceEvents: [...events, thread] })))
    expect(profile.frames.name).toContain('⟨U+202E⟩evil')
    expect(profile.frames.name).toContain('a⟨U+001B⟩]0;title⟨U+0007⟩')
    expect(profile.frames.name).toContain('<script>alert(1)</script>')
    expect(Math.max(...profile.frames.name.map((name) => name.length))).toBe(longestName)
    const all = JSON.stringify([profile.name, profile.frames, profile.threads, profile.weightTypes, report.notes, report.eventTypes, report.firstNotUnderstood])
    expect(JSON.parse(all)).toEqual(JSON.parse(JSON.stringify(JSON.parse(all), (_, value: unknown) => (typeof value === 'string' ? visibleName(value) : value))))
    expect(profile.threads.join()).toContain('T⟨U+202E⟩⟨U+0001⟩')
    // and what is written of it can be read again under the same names
    expect(importProfile('x', encodePprof(profile)).profile.frames.name.sort()).toEqual([...profile.frames.name].sort())
  })
})
