/**
 * What the processor did when a sample was taken, as far as the file says. perf's guest and hypervisor samples hold
 * frames of there only, so their readers put a frame of this module around the chain: it says the mode of all that is
 * called in it, and keeps apart what the same thread does as the host's and as the guest's.
 */
export const cpumodeModule = '[cpumode]'

export const cpumodes = ['guest-kernel', 'guest-user', 'guest', 'hypervisor', 'host-kernel', 'host-user'] as const
export type Cpumode = (typeof cpumodes)[number]

export const cpumodeNames: Record<Cpumode, string> = {
  'guest-kernel': 'guest kernel', 'guest-user': 'guest user', guest: 'guest', hypervisor: 'hypervisor',
  'host-kernel': 'host kernel', 'host-user': 'host user',
}

const byName = new Map(cpumodes.map((mode) => [cpumodeNames[mode], mode]))

/** The mode that a frame puts its callees in; null: it is an ordinary frame. */
export function cpumodeOfFrame(name: string, module: string): Cpumode | null {
  return module === cpumodeModule ? byName.get(name) ?? null : null
}

/** perf's names in brackets that are no kernel's: unresolved addresses, the process's own areas, guests, our own. */
const notKernel = /^\[(?:unknown|vdso|vsyscall|vvar|heap|stack|anon|uprobes|jit|cpumode|guest\b)/

/** The mode that a module's code runs in; null: the module is not known. */
export function cpumodeOfModule(module: string): Cpumode | null {
  if (module === '' || module === '[unknown]') return null
  if (module.startsWith('[guest.kernel')) return 'guest-kernel'
  const kernel = module.startsWith('[') ? /^\[[\w.-]+\]/.test(module) && !notKernel.test(module) : /(?:^|\/)vmlinux|\.ko(?:\.[gx]z|\.zst)?$/.test(module)
  return kernel ? 'host-kernel' : 'host-user'
}
