import { Fn } from '../machine/functions'
import { Probe } from '../machine/observer'
import { type Reconciliation, reconcile } from '../profilers/reconcile'
import { dependenceOf } from '../statistics/dependence'
import { percentOf } from '../units'
import type { Measured } from './measured'
import type { Observed } from './observed'

/**
 * Where sampling and direct measurement complete each other: a sampled bucket and the part of it that was measured.
 * A new rule is an entry here; the arithmetic and its errors are profilers/reconcile.ts's.
 */
interface Rule {
  id: string
  names: { bucket: string; part: string; rest: string; scope: string }
  /** Stacks whose samples make the bucket. */
  bucket: (seen: Observed, stack: number) => boolean
  /** Stacks of the scope; all of them where the scope is total time. */
  scope: (seen: Observed, stack: number) => boolean
  /** Directly measured cycles of the part. */
  measured: (measured: Measured) => number
  /** Whether a stack of the bucket truly belongs to the measured part. */
  truly: (measured: Measured, seen: Observed, stack: number) => boolean
}

const rules: readonly Rule[] = [
  {
    // The paper's own (section 3.5): the two starred rows of its Table 2.
    id: 'guest-idle',
    names: { bucket: 'guest idle with its host IRQs', part: 'guest idle', rest: 'host IRQ while idle', scope: 'VMM time' },
    bucket: ({ attribution }, stack) => attribution.rowOf[stack] === 'guest-idle' || attribution.rowOf[stack] === 'host-irq-while-idle',
    scope: ({ attribution }, stack) => attribution.inVmm[stack]!,
    measured: ({ probes }) => probes.inclusive[Probe.GuestIdle]!,
    truly: (_, { attribution }, stack) => attribution.rowOf[stack] === 'guest-idle',
  },
  {
    // The 22.7 us paradox: what of a transmit's time is the call itself, and what landed in it.
    id: 'vmnet-transmit',
    names: {
      bucket: 'VMNet transmit', part: 'VMNet transmit alone', rest: 'host IRQs inside VMNet transmit', scope: 'total time',
    },
    bucket: ({ attribution }, stack) => attribution.rowOf[stack] === 'vmnet-transmit',
    scope: () => true,
    measured: ({ probes }) => probes.exclusive[Probe.VmnetTransmit]!,
    truly: ({ books }, _, stack) => !inHostIrq(books.functionOf[stack]!),
  },
]

const hostIrqFunctions = new Set<number>([Fn.HostTimer, Fn.NicInterrupt, Fn.NicReceive, Fn.SamplerInterrupt])
const inHostIrq = (fn: number) => hostIrqFunctions.has(fn)

export interface ReconciliationReport extends Reconciliation {
  id: string
  names: Rule['names']
  /** By the books, percent of the same scope. */
  truth: { measuredPart: number; rest: number }
}

/** Every rule that the samples of a run say anything about. */
export function reconciliations(measured: Measured, seen: Observed): ReconciliationReport[] {
  // a sampler that sees only the host has no bucket inside the VMM's world
  const blind = measured.scenario.sampler?.sees === 'host'
  return rules.filter(({ id }) => !(blind && id === 'guest-idle')).flatMap((rule) => {
    const scope = seen.sequence.filter((stack) => rule.scope(seen, stack))
    const inBucket = scope.map((stack) => (rule.bucket(seen, stack) ? 1 : 0))
    const inScope = seen.sequence.map((stack) => (rule.scope(seen, stack) ? 1 : 0))
    const split = reconcile(
      rule.names, inBucket.reduce((sum, hit) => sum + hit, 0), scope.length, seen.sequence.length,
      percentOf(rule.measured(measured), measured.cycles), { ...sized('bucket', inBucket), ...sized('scope', inScope) },
    )
    return split ? [{ ...split, id: rule.id, names: rule.names, truth: truthOf(rule, measured, seen) }] : []
  })
}

function sized<Name extends string>(name: Name, hits: Int32Array): Partial<Record<Name, number>> {
  const dependence = dependenceOf(hits)
  return dependence.known ? { [name]: dependence.effectiveN } as Partial<Record<Name, number>> : {}
}

function truthOf(rule: Rule, measured: Measured, seen: Observed): ReconciliationReport['truth'] {
  const { books } = measured
  let scope = 0, part = 0, rest = 0
  for (let stack = 1; stack < books.count; stack++) {
    const cycles = books.cycles[stack]!
    if (cycles === 0 || !rule.scope(seen, stack)) continue
    scope += cycles
    if (!rule.bucket(seen, stack)) continue
    if (rule.truly(measured, seen, stack)) part += cycles
    else rest += cycles
  }
  return { measuredPart: percentOf(part, scope), rest: percentOf(rest, scope) }
}
