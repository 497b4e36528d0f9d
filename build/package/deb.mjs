// A .deb around the tree of an installation, with dpkg-deb.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DEBIAN_PACKAGE } from '../setup/libraries.mjs'
import { SetupFault } from '../setup/plain.mjs'
import { run, tail } from '../setup/run.mjs'
import { MAINTAINER, NAME, SUMMARY, debianArch } from './identity.mjs'
import { setTimes } from './tree.mjs'

const DESCRIPTION = [
  ' A deterministic simulation of a hosted virtual machine monitor, watched with',
  ' sampling and direct measurement, and real profiles (perf, pprof, speedscope,',
  ' QEMU traces and others) in the same views, compared with honest intervals.',
]

/** `files`: path and bytes below the package's root. The size is in KiB, as Debian counts. */
export const controlFile = ({ name, version, arch, files, warning }) => {
  const installed = files.reduce((sum, { size }) => sum + Math.ceil(size / 1024), 0)
  const other = name === NAME ? `${NAME}-devtest` : NAME
  return [
    `Package: ${name}`,
    `Version: ${version}`,
    `Architecture: ${debianArch(arch)}`,
    `Maintainer: ${MAINTAINER}`,
    `Installed-Size: ${installed}`,
    `Depends: ${['libc6 (>= 2.31)', ...new Set(Object.values(DEBIAN_PACKAGE))].sort().join(', ')}`,
    'Recommends: shared-mime-info, xdg-utils, fonts-dejavu-core | fonts-liberation',
    // Both put the same program into the same places.
    `Conflicts: ${other}`,
    `Replaces: ${other}`,
    'Section: devel',
    'Priority: optional',
    `Description: ${SUMMARY}`,
    ...DESCRIPTION,
    ...(warning ? [' .', ` ${warning}`] : []),
    '',
  ].join('\n')
}

export const checksums = (tree, files) =>
  files.map(({ path }) => `${createHash('md5').update(readFileSync(join(tree, path))).digest('hex')}  ${path}\n`).join('')

/** Same tree, same stamp: same bytes. */
export const makeDeb = async ({ tree, files, file, seconds, ...about }) => {
  const control = join(tree, 'DEBIAN')
  mkdirSync(control)
  writeFileSync(join(control, 'control'), controlFile({ ...about, files }))
  writeFileSync(join(control, 'md5sums'), checksums(tree, files))
  for (const name of ['control', 'md5sums']) chmodSync(join(control, name), 0o644)
  setTimes(tree, seconds)
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(seconds) }
  const { code, output } = await run('dpkg-deb', ['-Zgzip', '-z6', '--root-owner-group', '--build', tree, file], { env })
  if (code !== 0) throw new SetupFault(`dpkg-deb failed (exit ${code}). It said:\n${tail(output)}`, 'is dpkg installed, and the disk full?')
}
