// The launch of an installed package, for the window tests: WORLDSWITCH_APP names its program.
import { chmodSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeAtomically } from '../setup/files.mjs'
import { SetupFault } from '../setup/plain.mjs'
import { has, isRoot } from '../setup/run.mjs'
import { STAGE, chooseUser } from './unprivileged.mjs'

/** A program that becomes the user and then the given one: a package is tried as users have it, never as root. */
export const wrapper = (program, user) => [
  '#!/bin/sh',
  `exec setpriv --reuid=${user.uid} --regid=${user.gid} ${user.own ? '--init-groups' : '--clear-groups'} '${program}' "$@"`,
  '',
].join('\n')

/** Like planLaunch; `program` is started with the arguments alone, and `label` is what the package must say of its runtime. */
export const planPackaged = (program, label, env = process.env) => {
  const real = realpathSync(program)
  const common = {
    app: join(dirname(dirname(real)), 'lib', 'worldswitch', 'resources', 'app.asar'), dist: dirname(real), args: [],
    env: { WORLDSWITCH_RUNTIME: label }, sandbox: 'on', reason: null,
  }
  if (!isRoot()) return { ...common, program: real, user: null }
  if (!has('setpriv')) throw new SetupFault('setpriv (util-linux) is missing, and a package is not tried as root.', 'install it, or run as an ordinary user')
  const user = chooseUser(env)
  const file = join(STAGE, 'run-as', `${user.name}-package`, 'worldswitch')
  writeAtomically(file, wrapper(real, user), 0o755)
  chmodSync(file, 0o755)
  return { ...common, program: file, user }
}
