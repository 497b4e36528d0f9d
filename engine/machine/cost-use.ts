import type { CostId } from './costs/sheet'
import { Fn, functionTable } from './functions'
import type { Scenario } from './scenario'

/** Entries that a function spends only in some scenarios; every other entry of its list, whenever it runs at all. */
const onlyWhen: Partial<Record<number, Partial<Record<CostId, (scenario: Scenario) => boolean>>>> = {
  [Fn.PicAccess]: {
    picAccess: ({ whatIfs }) => !whatIfs.includes('pic-inlined'),
    picSpecialisedAccess: ({ whatIfs }) => whatIfs.includes('pic-inlined'),
    rapMove: ({ whatIfs }) => whatIfs.includes('pic-inlined'),
  },
  // no transmit interrupt frees the packets sent: the next transmit does
  [Fn.TcpTransmit]: { guestDriverReap: ({ vm, whatIfs }) => vm === 'hosted' && whatIfs.includes('idealized-nic') },
  [Fn.PcnetInterrupt]: { guestDriverReap: ({ whatIfs }) => !whatIfs.includes('idealized-nic') },
  [Fn.TcpRcv]: { guestTcpData: ({ direction }) => direction === 'receive' },
  [Fn.VmmNicTransmit]: { copyPerByte: ({ whatIfs }) => !whatIfs.includes('no-skb-copy') },
  [Fn.VmmNicInterrupt]: { copyPerByte: ({ whatIfs }) => !whatIfs.includes('no-skb-copy') },
}

/** Which entries of the cost sheet function `fn` (an index of `functionTable`) spends in a scenario. */
export function costsOf(fn: number, scenario: Scenario): CostId[] {
  const conditions = onlyWhen[fn] ?? {}
  return (functionTable[fn]?.costs ?? []).filter((id) => conditions[id]?.(scenario) ?? true)
}

/** The function by the name and module that a profile's frame has; -1 for a frame that is none of the machine's. */
export function functionNamed(name: string, module: string): number {
  return functionTable.findIndex((fn) => fn.name === name && fn.module === module)
}
