import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { FALLBACK_LABEL, cacheFolder, probe, reasonIn, resolveRuntime } from '../../../build/electron-runtime.mjs'
import { setQuiet } from '../../../build/setup/plain.mjs'
import { put, temporaryFolder } from './temporary'

setQuiet(true)

const DAY = 24 * 3600 * 1000

/** A world in which folders "start" as the version written here, and every step leaves a trace. */
const makeWorld = () => {
  const trace: string[] = []
  const versions = new Map<string, string>()
  const world = {
    now: () => 1_000_000,
    prepare: (dist: string) => {
      trace.push(`prepare ${dist}`)
      return Promise.resolve()
    },
    probe: (dist: string) => Promise.resolve(versions.get(dist) ?? null),
    officialDist: (): string | null => null,
    installOfficial: (): Promise<string | null> => {
      trace.push('install')
      return Promise.resolve('fetch failed')
    },
    cachedFallback: (): string | null => null,
    fetchFallback: () => {
      trace.push('fetch')
      return Promise.resolve('/cache/fallback')
    },
  }
  versions.set('/cache/fallback', '33.2.1')
  return { trace, versions, world }
}

describe('which Electron runs', () => {
  let project: string
  let cache: string
  beforeEach(() => {
    project = temporaryFolder()
    cache = temporaryFolder()
    put(project, 'node_modules/electron/package.json', '{"version":"45.4.1"}')
  })

  it('takes the folder named by hand and tries nothing else', async () => {
    const { trace, versions, world } = makeWorld()
    versions.set('/mine', '44.0.0')
    const found = await resolveRuntime({ env: { ELECTRON_OVERRIDE_DIST_PATH: '/mine' }, project, cache, world })
    expect(found).toEqual({ dist: '/mine', version: '44.0.0', source: 'override', label: 'chosen by hand 44.0.0' })
    expect(trace).toEqual(['prepare /mine'])
  })

  it('marks the end of life of the replacement also when it is named by hand', async () => {
    const { versions, world } = makeWorld()
    versions.set('/mine', '33.2.1')
    const found = await resolveRuntime({ env: { ELECTRON_OVERRIDE_DIST_PATH: '/mine' }, project, cache, world })
    expect(found.label).toBe(FALLBACK_LABEL)
  })

  it('refuses a folder named by hand in which nothing starts', async () => {
    const { trace, world } = makeWorld()
    const env = { ELECTRON_OVERRIDE_DIST_PATH: '/empty' }
    await expect(resolveRuntime({ env, project, cache, world })).rejects.toThrow(/\/empty.*no Electron starts/)
    expect(trace).not.toContain('fetch')
  })

  it('never replaces an official runtime that works', async () => {
    const { trace, versions, world } = makeWorld()
    versions.set('/official', '45.4.1')
    const present = { ...world, officialDist: () => '/official', cachedFallback: () => '/cache/fallback' }
    const found = await resolveRuntime({ env: {}, project, cache, world: present })
    expect(found).toMatchObject({ dist: '/official', source: 'official', label: 'official' })
    expect(trace).toEqual(['prepare /official'])
  })

  it('downloads the official one before the replacement', async () => {
    const { trace, versions, world } = makeWorld()
    versions.set('/official', '45.4.1')
    let installed = false
    const online = {
      ...world,
      officialDist: () => (installed ? '/official' : null),
      installOfficial: () => {
        installed = true
        return Promise.resolve(null)
      },
    }
    const found = await resolveRuntime({ env: {}, project, cache, world: online })
    expect(found.source).toBe('official')
    expect(trace).not.toContain('fetch')
  })

  it('falls back when the download fails, and remembers that for a day', async () => {
    const { trace, world } = makeWorld()
    const first = await resolveRuntime({ env: {}, project, cache, world })
    expect(first).toEqual({ dist: '/cache/fallback', version: '33.2.1', source: 'fallback', label: FALLBACK_LABEL })
    expect(trace.filter((entry) => entry === 'install')).toHaveLength(1)
    await resolveRuntime({ env: {}, project, cache, world: { ...world, now: () => 1_000_000 + DAY - 1 } })
    expect(trace.filter((entry) => entry === 'install')).toHaveLength(1)
    await resolveRuntime({ env: {}, project, cache, world: { ...world, now: () => 1_000_000 + DAY } })
    expect(trace.filter((entry) => entry === 'install')).toHaveLength(2)
  })

  it('tries again at once when another version of Electron is declared', async () => {
    const { trace, world } = makeWorld()
    await resolveRuntime({ env: {}, project, cache, world })
    put(project, 'node_modules/electron/package.json', '{"version":"46.0.0"}')
    await resolveRuntime({ env: {}, project, cache, world })
    expect(trace.filter((entry) => entry === 'install')).toHaveLength(2)
  })

  it('uses the cached replacement without a download', async () => {
    const { trace, world } = makeWorld()
    await resolveRuntime({ env: { WORLDSWITCH_ELECTRON: 'registry' }, project, cache, world: { ...world, cachedFallback: () => '/cache/fallback' } })
    expect(trace).toEqual(['prepare /cache/fallback'])
  })

  it('obeys WORLDSWITCH_ELECTRON: registry skips the official one, official allows nothing else', async () => {
    const { trace, versions, world } = makeWorld()
    versions.set('/official', '45.4.1')
    const present = { ...world, officialDist: () => '/official' }
    const registry = await resolveRuntime({ env: { WORLDSWITCH_ELECTRON: 'registry' }, project, cache, world: present })
    expect(registry.source).toBe('fallback')
    trace.length = 0
    const env = { WORLDSWITCH_ELECTRON: 'official' }
    await expect(resolveRuntime({ env, project, cache, world })).rejects.toThrow(/official Electron 45\.4\.1 could not be had/)
    expect(trace).toEqual(['install'])
    await expect(resolveRuntime({ env: { WORLDSWITCH_ELECTRON: 'oficial' }, project, cache, world })).rejects.toThrow(/"oficial"/)
  })

  it('calls no runtime working that does not start', async () => {
    const { versions, world } = makeWorld()
    versions.clear()
    await expect(resolveRuntime({ env: {}, project, cache, world })).rejects.toThrow(/does not start/)
  })

  it('probes by really starting: a folder without a program, or with a broken one, is none', async () => {
    const folder = temporaryFolder()
    expect(await probe(folder)).toBeNull()
    put(folder, 'electron', '#!/bin/sh\nexit 3\n', 0o755)
    expect(await probe(folder)).toBeNull()
    const working = temporaryFolder()
    put(working, 'electron', '#!/bin/sh\necho "$ELECTRON_RUN_AS_NODE" | sed s/1/33.2.1/\n', 0o755)
    expect(await probe(working)).toBe('33.2.1')
  })

  it('keeps the cache where XDG says', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/x' })).toBe('/x/worldswitch')
    expect(cacheFolder({}).endsWith(join('.cache', 'worldswitch'))).toBe(true)
  })
})

describe('why the official download failed', () => {
  it('is said in its own sentence, not by the stack under it', () => {
    const printed = 'RequestError: getaddrinfo ENOTFOUND somewhere\n    at ClientRequest (file:///x.js:1:2)\n    at async y (file:///x.js:3:4)\n'
    expect(reasonIn(printed)).toBe('RequestError: getaddrinfo ENOTFOUND somewhere')
    expect(reasonIn('one\ntwo\n')).toBe('one\ntwo')
  })
})
