import type { RuleSet } from '../rule'
import { plainHost } from './plain-host'
import { qemuKvm } from './qemu-kvm'
import { qemuTcg } from './qemu-tcg'

/** The rule sets that ship. A new one: a file here and a line; `propose.ts` says for which files it is meant. */
export const shippedSets: readonly RuleSet[] = [qemuTcg, qemuKvm, plainHost]
