// What `npm run record` needs of the machine, asked before anything is started.
import { SetupFault } from '../setup/plain.mjs'
import { has } from '../setup/run.mjs'

const debianPackages = {
  'qemu-system-x86_64': 'qemu-system-x86', perf: 'linux-perf', cpio: 'cpio', gzip: 'gzip', depmod: 'kmod', modprobe: 'kmod',
  'apt-get': 'apt', 'dpkg-deb': 'dpkg',
}

// Debian keeps kmod's programs where an ordinary user's PATH does not look.
process.env.PATH = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`

/** Throws a SetupFault that names everything that is missing, with the one line that installs it. */
export const demandPrograms = (programs, present = has) => {
  const missing = programs.filter((program) => !present(program))
  if (missing.length === 0) return
  const packages = [...new Set(missing.map((program) => debianPackages[program]))]
  throw new SetupFault(`${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`, `apt-get install ${packages.join(' ')}`)
}
