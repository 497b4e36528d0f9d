// Who this program is to a desktop and a package manager; every file of a package takes it from here.
import { SetupFault } from '../setup/plain.mjs'

export const NAME = 'worldswitch'
export const TITLE = 'Worldswitch'
// Reverse domain notation is what AppStream and macOS ask for. Whoever publishes first has to own the domain.
export const APP_ID = 'org.worldswitch.Worldswitch'
export const MIME_TYPE = 'application/x-worldswitch-profile'
export const MAINTAINER = 'The Worldswitch contributors <maintainers@worldswitch.invalid>'
export const SUMMARY = 'Shows where a virtual machine\'s network time goes'
/** Where the deb puts the program; the launcher in /usr/bin leads there. */
export const LIBRARY = `/usr/lib/${NAME}`

/**
 * What kind of package comes of this runtime. `release`: asked for by name, only from a supported Electron and for
 * nobody's tests. Anything else that is not fit for users says so in its name: it is built on the end-of-life
 * fallback, or its main process can be driven from outside.
 */
export const kindOfPackage = ({ runtime, release, drivable }) => {
  if (release && runtime.source !== 'official') {
    throw new SetupFault(
      `A release is never made from this Electron: ${runtime.version}, ${runtime.label}.`,
      'build it where the official download works (WORLDSWITCH_ELECTRON=official), or leave out --release for a test package',
    )
  }
  if (release && drivable) throw new SetupFault('A release cannot be a package that tests can drive.', 'leave out one of --release and --drivable')
  const devtest = drivable || runtime.source !== 'official'
  return { devtest, name: devtest ? `${NAME}-devtest` : NAME, drivable }
}

const DEBIAN_ARCH = { x64: 'amd64', arm64: 'arm64' }

/** `worldswitch-devtest_0.1.0_amd64.deb` and the like. */
export const fileNames = ({ name, version, arch }) => ({
  deb: `${name}_${version}_${DEBIAN_ARCH[arch] ?? arch}.deb`,
  tar: `${name}-${version}-linux-${arch}.tar.gz`,
  folder: `${name}-${version}`,
})

export const debianArch = (arch) => DEBIAN_ARCH[arch] ?? arch
