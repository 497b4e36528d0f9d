import { World, worldIds } from '../../worlds'
import type { Profile } from '../columns'
import { cpumodeModule } from './cpumode'
import type { RuleSet } from './rule'
import { qemuKvm } from './sets/qemu-kvm'
import { qemuTcg } from './sets/qemu-tcg'
import { plainHost } from './sets/plain-host'
import { shippedSets } from './sets'
import { stackThreads } from './threads'

/** A rule set for a profile, and why it was chosen, as a sentence. */
export interface RuleChoice {
  /** Id of a shipped set, of one of the session's own, or `asRead`. */
  set: string
  reason: string
}

/** Worlds that the file or its reader gave, by what kind of event it is: no rule has decided. */
export const asRead = 'as-read'

/** What fits the profile. Looks at threads and modules only, so it is quick and the same for the same file. */
export function proposeRules(profile: Profile): RuleChoice {
  if (profile.stacks.world.some((world) => world !== World.Unclassified)) {
    return { set: asRead, reason: 'the file says itself which world its stacks are in' }
  }
  const { names } = stackThreads(profile)
  const tcg = names.find((name) => /^CPU[ _]?\d+\/(?:TCG|HVF|XEN)$/.test(name))
  if (tcg) return { set: qemuTcg.id, reason: `it has a thread "${tcg}": so QEMU names a virtual CPU whose code it translates` }
  const kvm = names.find((name) => /^CPU[ _]?\d+\/KVM$|^vhost-\d+/.test(name))
  if (kvm) return { set: qemuKvm.id, reason: `it has a thread "${kvm}": so KVM's virtual CPUs and vhost's workers are called` }
  const module = profile.frames.module.find((one) => /^\[kvm(?:_intel|_amd)?\]|^\[guest\.kernel/.test(one))
  if (module) return { set: qemuKvm.id, reason: `it has frames of ${module}` }
  if (profile.frames.module.includes(cpumodeModule)) return { set: qemuKvm.id, reason: 'it has samples that were taken in a guest' }
  return { set: plainHost.id, reason: 'no thread and no module in it is of a virtual machine that a rule set knows' }
}

/** What rows are made of worlds that come with the file: one a world, as far as a world says it. */
const rowOfWorld: Record<string, string> = {
  guest: 'direct-execution', 'guest-idle': 'guest-idle', vmm: 'vmm-other', 'world-switch': 'virtualization-transition',
  vmapp: 'vmapp-other', vmnet: 'vmnet-other', 'host-kernel': 'host-kernel', 'host-irq': 'host-irq', unclassified: 'unclassified',
}

export const rowsAsRead: readonly string[] = worldIds.map((id) => rowOfWorld[id]!)

/** A set of the session or a shipped one, by its id; null: there is none (any more). */
export function findRuleSet(id: string, own: readonly RuleSet[] = []): RuleSet | null {
  return [...own, ...shippedSets].find((set) => set.id === id) ?? null
}

