import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate/browser'
import { describe, expect, it } from 'vitest'
import { readPprof } from '../../../engine/formats/pprof/read'
import { PlainErrorException } from '../../../engine/plain-error'
import { decodeSession, encodeSession } from '../../../engine/session/archive'
import { meaning } from '../../fixtures/profiles'
import { someSession } from '../../fixtures/session'
import { folded } from '../profile/build'

const session = () => someSession(folded('a;b 1', 'c 2'), folded('d;e;f 3'), folded('VMM time 1'))

/** As loose as JSON is: the tests put in what must not be there. */
interface ManifestJson {
  [field: string]: unknown
  view: Record<string, unknown>
  runs: {
    [field: string]: unknown
    report: { counts: Record<string, unknown>; table: Record<string, unknown>[] }
    source: Record<string, unknown>
    profile: Record<string, unknown>
  }[]
}

/** The archive with its manifest or its other entries changed. */
function changed(change: (manifest: ManifestJson, files: Record<string, Uint8Array>) => unknown): Uint8Array {
  const files = unzipSync(encodeSession(session()))
  const manifest = JSON.parse(strFromU8(files['manifest.json']!)) as ManifestJson
  const replaced = change(manifest, files)
  if (files['manifest.json']) files['manifest.json'] = strToU8(typeof replaced === 'string' ? replaced : withNests(JSON.stringify(manifest)))
  return zipSync(files)
}

/** A list in a list, and so on; put in as text, because JSON.stringify itself goes down by recursion. */
const nested = (levels: number) => ({ toJSON: () => `nested ${levels}` })
function withNests(text: string): string {
  return text.replace(/"nested (\d+)"/g, (_, levels: string) => '['.repeat(Number(levels)) + ']'.repeat(Number(levels)))
}

function refusal(bytes: Uint8Array): string {
  try {
    decodeSession('my.wsprof', bytes)
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(PlainErrorException)
    const { plain } = thrown as PlainErrorException
    expect(plain.where).toBe('my.wsprof')
    return plain.what
  }
  return 'was read'
}

describe('a session file', () => {
  it('gives back what was saved, and the same bytes when saved again', () => {
    const before = session()
    const bytes = encodeSession(before)
    const { session: after, warnings } = decodeSession('my.wsprof', bytes)
    expect(warnings).toEqual([])
    expect({ ...after, runs: after.runs.map((run) => ({ ...run, profile: meaning(run.profile) })) })
      .toEqual({ ...before, runs: before.runs.map((run) => ({ ...run, profile: meaning(run.profile) })) })
    expect(encodeSession(after)).toEqual(bytes)
    expect(encodeSession(session())).toEqual(bytes)
  })
  it('keeps the steps of the flame, also those that only a newer version knows', () => {
    const before = session()
    before.view.transforms = [
      { kind: 'focus-function', frame: { name: 'b', module: '' } }, { kind: 'only-world', world: 'vmm' },
    ]
    expect(decodeSession('x', encodeSession(before)).session.view.transforms).toEqual(before.view.transforms)
    const newer = changed((manifest) => { manifest.view.transforms = [{ kind: 'stretch', by: 2 }] })
    expect(decodeSession('x', newer).session.view.transforms).toEqual([{ kind: 'stretch', by: 2 }])
    expect(refusal(changed((manifest) => { manifest.view.transforms = [{ kind: 'hide-function' }] }))).toContain('transforms')
  })
  it('is a zip of a readable manifest and standard profiles', () => {
    const files = unzipSync(encodeSession(session()))
    expect(Object.keys(files)).toEqual(['manifest.json', 'profiles/run-0.pb.gz', 'profiles/run-1.pb.gz', 'profiles/run-2.pb.gz'])
    expect(readPprof('x', files['profiles/run-1.pb.gz']!).report.samplesKept).toBe(3)
    const manifest = JSON.parse(strFromU8(files['manifest.json']!)) as { runs: { profile: unknown }[] }
    expect(manifest).toMatchObject({ format: 'worldswitch.session', version: 1, notes: 'Größe: 5 µs\nsecond line' })
    expect(manifest.runs[0]!.profile).toMatchObject({ path: 'profiles/run-0.pb.gz', bytes: files['profiles/run-0.pb.gz']!.length })
  })
  it('can be opened again however many steps the flame has, and however deep its paths are', () => {
    const before = session()
    const path = Array.from({ length: 5000 }, (_, depth) => ({ name: `f${depth}`, module: '' }))
    before.view.transforms = [...Array.from({ length: 250 }, () => ({ kind: 'only-world', world: 'vmm' }) as const), { kind: 'focus-path', path }]
    before.pins = [{ id: 'p', text: 'deep', at: { kind: 'frame', run: 'run-0', path: path.map(({ name }) => `\n${name}`) } }]
    const after = decodeSession('x', encodeSession(before)).session
    expect(after.view.transforms).toEqual(before.view.transforms)
    expect(after.pins).toEqual(before.pins)
  })
  it('is not lost for a view that only a newer version has', () => {
    expect(decodeSession('x', changed((manifest) => { manifest.view.tab = 'hologram' })).session.view.tab).toBe('flame')
  })
  it.each(['sampling', 'probes', 'perturbation', 'reconciliations'])('is refused where %s of a run cannot be shown', (field) => {
    for (const nonsense of ['x', 5, {}, [5], [{}]]) {
      const report = { [field]: field === 'sampling' || field === 'perturbation' || Array.isArray(nonsense) ? nonsense : [nonsense] }
      expect(refusal(changed((manifest) => { Object.assign(manifest.runs[0]!.report, report) }))).toContain(`report.${field}`)
    }
  })
  it('keeps what it does not know, at every level', () => {
    const bytes = changed((manifest) => {
      manifest.future = { a: [1, 2] }
      manifest.view.zoom = 3
      manifest.runs[0]!.colour = 'red'
      manifest.runs[0]!.report.counts.newCount = 5
      manifest.runs[0]!.report.table[0]!.newColumn = 6
      manifest.runs[1]!.source.tool = 'perf 6.1'
    })
    const again = unzipSync(encodeSession(decodeSession('x', bytes).session))['manifest.json']!
    expect(JSON.parse(strFromU8(again))).toEqual(JSON.parse(strFromU8(unzipSync(bytes)['manifest.json']!)))
  })
})

describe('notes pinned to things', () => {
  interface Loose { pins: { at: Record<string, unknown> }[] | undefined }
  const pinned = (change: (pins: { at: Record<string, unknown> }[]) => void) =>
    changed((manifest) => change((manifest as unknown as Loose).pins!))

  it('of a kind that this version does not know are kept as they are', () => {
    const bytes = pinned((pins) => { pins[0]!.at = { kind: 'packet', run: 'run-0', packet: 7 } })
    const { session: kept } = decodeSession('my.wsprof', bytes)
    expect(kept.pins![0]!.at).toEqual({ kind: 'packet', run: 'run-0', packet: 7 })
    expect(encodeSession(decodeSession('x', encodeSession(kept)).session)).toEqual(encodeSession(kept))
  })
  it('are refused by name when they lack what their kind needs', () => {
    expect(refusal(pinned((pins) => { delete pins[1]!.at['row'] }))).toContain('pins.1.at')
    expect(refusal(pinned((pins) => { pins[3]!.at['unit'] = 'years' }))).toContain('pins.3.at')
  })
  it('leave no trace in the file of a session without any, and may be missing', () => {
    const { pins: _, ...without } = session()
    expect(encodeSession({ ...without, pins: [] })).toEqual(encodeSession(without))
    expect(decodeSession('x', encodeSession(without)).session).not.toHaveProperty('pins')
  })
})

describe('sweeps in a session file', () => {
  interface Loose { sweeps: { idle: { cells: Record<string, unknown>[] } } }
  const swept = (change: (cells: Record<string, unknown>[]) => void) =>
    changed((manifest) => change((manifest as unknown as Loose).sweeps.idle.cells))

  it('may have configurations that only a newer version knows', () => {
    const { session: kept } = decodeSession('x', swept((cells) => { cells[0]!['configuration'] = 'zero-copy' }))
    expect(kept.sweeps!.idle!.cells[0]!.configuration).toBe('zero-copy')
  })
  it('are refused where a figure is none', () => {
    expect(refusal(swept((cells) => { delete cells[0]!['throughputMbps'] }))).toContain('sweeps.idle.cells.0.throughputMbps')
  })
  it('are left out where there are none', () => {
    const { sweeps: _, ...without } = session()
    expect(encodeSession({ ...without, sweeps: {} })).toEqual(encodeSession(without))
    expect(decodeSession('x', encodeSession(without)).session).not.toHaveProperty('sweeps')
  })
})

describe('a damaged session file', () => {
  it('costs the run whose profile is damaged or missing, and says so', () => {
    const damaged = changed((_manifest, files) => {
      files['profiles/run-0.pb.gz']![30]! ^= 1
      delete files['profiles/run-2.pb.gz']
    })
    const { session: kept, warnings } = decodeSession('my.wsprof', damaged)
    expect(kept.runs.map(({ id }) => id)).toEqual(['run-1'])
    expect(warnings.map(({ what }) => what)).toEqual([
      'The run "run 0" could not be kept: profiles/run-0.pb.gz is damaged.',
      'The run "run 2" could not be kept: profiles/run-2.pb.gz is missing in the archive.',
    ])
    expect(warnings.every(({ where, kept }) => where === 'my.wsprof' && kept === 'The other runs are kept.')).toBe(true)
  })
  it('costs a run whose id another has: with both, the session could not be saved any more', () => {
    const twice = changed((manifest) => {
      manifest.runs[1]!.id = 'run-0'
      manifest.runs[1]!.profile = manifest.runs[0]!.profile
    })
    const { session: kept, warnings } = decodeSession('my.wsprof', twice)
    expect(kept.runs.map(({ id }) => id)).toEqual(['run-0', 'run-2'])
    expect(warnings[0]!.what).toContain('another run has its id run-0')
    expect(() => encodeSession(kept)).not.toThrow()
  })
  it('never shows other figures than were saved, whichever byte is damaged', () => {
    const good = encodeSession(session())
    const meant = decodeSession('my.wsprof', good)
    const figures = ({ session: one }: typeof meant) => ({ ...one, runs: one.runs.map((run) => ({ ...run, profile: meaning(run.profile) })) })
    const expected = figures(meant)
    let undamaged = 0
    for (let at = 0; at < good.length; at++) {
      const damaged = good.slice()
      damaged[at]! ^= 1 << (at % 8)
      try {
        const found = decodeSession('my.wsprof', damaged)
        if (found.warnings.length > 0) continue
        expect(figures(found)).toEqual(expected)
        undamaged++
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(PlainErrorException)
      }
    }
    // times and versions in the zip's own headers mean nothing
    expect(undamaged).toBeLessThan(good.length / 2)
  })
  it('reports entries that belong to nothing and paths that lead elsewhere', () => {
    const odd = changed((manifest, files) => {
      files['../../etc/passwd'] = new Uint8Array(3)
      manifest.runs[0]!.profile.path = 'profiles/run-1.pb.gz'
    })
    const { session: kept, warnings } = decodeSession('my.wsprof', odd)
    expect(kept.runs.map(({ id }) => id)).toEqual(['run-1', 'run-2'])
    expect(warnings.map(({ what }) => what).join('\n')).toMatch(/should be profiles\/run-0[^]*"\.\.\/\.\.\/etc\/passwd", which belongs to nothing/)
  })
  it('is refused when nothing of it can be read', () => {
    const good = encodeSession(session())
    expect(refusal(new Uint8Array(0))).toContain('empty')
    expect(refusal(strToU8('hello'))).toContain('no Worldswitch session')
    expect(refusal(good.subarray(0, good.length - 40))).toContain('damaged or cut off')
    expect(refusal(zipSync({ 'a.txt': strToU8('a') }))).toContain('has no manifest.json')
    expect(refusal(changed(() => '{'))).toContain('no JSON')
    expect(refusal(changed(() => '[]'))).toContain('not an object')
    expect(refusal(changed((m) => { m.format = 'other' }))).toContain('does not say')
    expect(refusal(changed((m) => { m.version = 'x' }))).toContain('no version number')
    expect(refusal(changed((m) => { m.version = 7 }))).toBe('The session has format version 7; this Worldswitch reads up to version 1.')
    expect(refusal(changed((m) => { m.runs[1]!.name = 5 }))).toContain('runs.1.name')
    expect(refusal(changed((m) => { m.runs[0]!.id = '../x' }))).toContain('runs.0.id')
    expect(refusal(changed((m) => { m.more = nested(200_000) }))).toContain('nested more than 100 levels deep')
    expect(refusal(changed((m) => { m.more = nested(90) }))).toBe('was read')
  })
  it('is refused when it claims more than is read', () => {
    const bomb = zipSync({ 'manifest.json': new Uint8Array(100 << 20) })
    expect(refusal(bomb)).toContain('cannot be unpacked')
    const many = zipSync(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`${i}`, new Uint8Array(0)])))
    expect(refusal(many)).toContain('more than 2048 entries')
    // the size in the directory is only a claim: the second entry's is set to 3 GB
    const lying = changed(() => undefined)
    const view = new DataView(lying.buffer)
    let at = lying.length - 22
    at = view.getUint32(at + 16, true)
    view.setUint32(at + 24, 3_000_000_000, true)
    expect(refusal(lying)).toContain('more than Worldswitch reads')
  })
})

describe('names', () => {
  it('are shown as they are, whatever the file calls things', () => {
    const hostile = changed((manifest) => {
      manifest.runs[0]!['name'] = 'a\u001b[31m\u202egpj'
      manifest.runs[1]!['name'] = 'n'.repeat(1 << 20)
    })
    const { session: opened, warnings } = decodeSession('my.wsprof', hostile)
    expect(warnings).toEqual([])
    expect(opened.runs[0]!.name).toBe('a⟨U+001B⟩[31m⟨U+202E⟩gpj')
    expect(opened.runs[1]!.name).toHaveLength(10_000)
  })
})

describe('encodeSession', () => {
  it('refuses runs whose ids could not name a file each', () => {
    const twice = session()
    twice.runs[1]!.id = 'run-0'
    expect(() => encodeSession(twice)).toThrow(RangeError)
    const odd = session()
    odd.runs[0]!.id = '../x'
    expect(() => encodeSession(odd)).toThrow(RangeError)
  })
})
