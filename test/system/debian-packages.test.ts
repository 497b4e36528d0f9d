import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { ensureDebianPackages } from '../../build/setup/libraries.mjs'

const asked = process.env['WORLDSWITCH_SYSTEM_TESTS'] === '1'
const root = process.getuid?.() === 0
// GNU hello: made to be installed and removed.
const PACKAGE = 'hello'
const PROGRAM = '/usr/bin/hello'
const wasThere = existsSync(PROGRAM)

describe.skipIf(!asked)('installing from Debian', () => {
  afterAll(() => {
    if (root && !wasThere) spawnSync('apt-get', ['purge', '-y', '-q', PACKAGE], { stdio: 'ignore' })
  })

  it.skipIf(!root || wasThere)('installs a missing package as root', async () => {
    await ensureDebianPackages([PACKAGE], 'A test needs it.')
    expect(spawnSync(PROGRAM, { encoding: 'utf8' }).stdout).toBe('Hello, world!\n')
  })

  it.skipIf(!root)('says what apt said when there is no such package', async () => {
    await expect(ensureDebianPackages(['worldswitch-no-such-package'], 'A test needs it.')).rejects.toThrow(/Unable to locate package/)
  })
})
