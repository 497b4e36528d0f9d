import { describe, expect, it } from 'vitest'
import { aptLine, ensureDebianPackages, missingLibraries, packagesFor } from '../../../build/setup/libraries.mjs'

const LDD = `	linux-vdso.so.1 (0x00007ffd)
	libffmpeg.so => /r/libffmpeg.so (0x00007f)
	libgtk-3.so.0 => not found
	libnss3.so => not found
	libsmime3.so => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)
	libgtk-3.so.0 => not found
`

describe('missing system libraries', () => {
  it('are read from ldd, each once', () => {
    expect(missingLibraries(LDD)).toEqual(['libgtk-3.so.0', 'libnss3.so', 'libsmime3.so'])
    expect(missingLibraries('\tlibc.so.6 => /lib/libc.so.6 (0x7f)\n')).toEqual([])
  })

  it('are mapped to Debian packages, two libraries of one package to one name', () => {
    expect(packagesFor(['libgtk-3.so.0', 'libnss3.so', 'libsmime3.so'])).toEqual({ packages: ['libgtk-3-0', 'libnss3'], unknown: [] })
  })

  it('are named when no package is known, not guessed', () => {
    expect(packagesFor(['libstrange.so.9'])).toEqual({ packages: [], unknown: ['libstrange.so.9'] })
  })

  it('give one line to run', () => {
    expect(aptLine(['libgtk-3-0', 'libnss3'])).toBe('apt-get update && apt-get install -y --no-install-recommends libgtk-3-0 libnss3')
  })

  it('stop the set-up of anybody who is not root, with that line', async () => {
    const stopped = await ensureDebianPackages(['libgtk-3-0'], 'Electron needs libgtk-3.so.0.', false).catch((error: unknown) => error)
    expect(stopped).toMatchObject({ message: 'Electron needs libgtk-3.so.0.', exitCode: 1 })
    expect((stopped as { todo: string }).todo).toContain(`sudo sh -c '${aptLine(['libgtk-3-0'])}'`)
  })
})
