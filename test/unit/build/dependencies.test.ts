import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { faultsOfInstalled, faultsOfLock, licenceList, licencesText, lockFiles } from '../../../build/checks/dependencies.mjs'
import { readJson, root } from '../../../build/setup/files.mjs'

interface Lock { lockfileVersion: number; packages: Record<string, Record<string, unknown>> }
const locks = lockFiles.map((file) => readJson(join(root, file)) as Lock)

describe('what is taken from others', () => {
  it.each(lockFiles.map((file, i) => [file, locks[i]!] as const))('has allowed terms, a checksum and one source: %s', (_file, lock) => {
    expect(faultsOfLock(lock)).toEqual([])
    expect(Object.keys(lock.packages).length).toBeGreaterThan(20)
  })

  it('is what is installed', () => {
    expect(faultsOfInstalled(root, locks[0])).toEqual([])
  })

  it('is listed by licence', () => {
    expect(readFileSync(join(root, licenceList), 'utf8')).toBe(licencesText(locks))
  })

  it.each([
    ['another licence', { license: 'GPL-3.0-only' }, 'which is none of the allowed ones'],
    ['no licence', { license: undefined }, '(none named)'],
    ['terms of tools, in a library', { license: 'MPL-2.0' }, 'none of the allowed'],
    ['a part under other terms', { license: 'MIT AND GPL-2.0' }, 'none of the allowed'],
    ['no checksum', { integrity: undefined }, 'no SHA-512'],
    ['a weak checksum', { integrity: 'sha1-qUwiJOvKwEeCoNkDVSHyRzW37JI=' }, 'no SHA-512'],
    ['another source', { resolved: 'git+ssh://git@github.com/a/b.git#1' }, 'not from the registry'],
    ['an address', { resolved: 'https://registry.example/zod.tgz' }, 'not from the registry'],
    ['a program of its own', { hasInstallScript: true }, 'runs a program'],
    ['a link', { link: true }, 'a link to a folder'],
  ])('is refused with %s', (_what, change, words) => {
    const lock = structuredClone(locks[0]!)
    Object.assign(lock.packages['node_modules/zod']!, change)
    const faults = faultsOfLock(lock)
    expect(faults.join('\n')).toContain(words)
    expect(faults.every((fault: string) => fault.startsWith('zod '))).toBe(true)
  })

  it('is wanted in one version, and a choice of licences is enough', () => {
    const lock = structuredClone(locks[0]!)
    const own = lock.packages['']! as { devDependencies: Record<string, string> }
    own.devDependencies['zod'] = '^4.0.0'
    lock.packages['node_modules/zod']!['license'] = '(GPL-2.0 OR MIT)'
    expect(faultsOfLock(lock)).toEqual(['zod is wanted as "^4.0.0", not in one version'])
  })
})
