import type { Books } from '../../machine/books'
import { Fn, functionTable } from '../../machine/functions'
import { World } from '../../worlds'
import { type LaneId, laneIds } from './types'

/**
 * On which lane the CPU is, by the world of the function that runs: a halted guest is the guest's, a world switch the
 * VMM's, interrupt handlers and VMNet the host kernel's.
 */
const laneOfWorld: Record<World, LaneId | null> = {
  [World.Guest]: 'guest', [World.GuestIdle]: 'guest',
  [World.Vmm]: 'vmm', [World.WorldSwitch]: 'vmm',
  [World.VmApp]: 'vmapp',
  [World.VmNet]: 'host-kernel', [World.HostKernel]: 'host-kernel', [World.HostIrq]: 'host-kernel',
  [World.Unclassified]: null,
}

/** Index in `laneIds` of each world; -1: on none. */
export const laneNumberOfWorld = Int8Array.from(
  Object.values(World), (world) => { const lane = laneOfWorld[world]; return lane === null ? -1 : laneIds.indexOf(lane) },
)

/** What of a stack is seen on its lane: the calls from the lane's outermost to the one that runs. */
export interface LanePath {
  /** Index in `laneIds`. */
  lane: number
  /** Stack id of each call, the outermost first. */
  stacks: Int32Array
}

/** On which packet a stack works, if any: the one that TCP sends, or the one that VMNet has. */
export const Task = { None: 0, Transmit: 1, Vmnet: 2 } as const
export type Task = (typeof Task)[keyof typeof Task]

/** Lane paths and tasks of stacks, worked out once each. */
export class LanePaths {
  private readonly known: LanePath[] = []
  private readonly tasks: Task[] = []

  constructor(private readonly books: Books) {}

  of(stack: number): LanePath {
    return this.known[stack] ??= this.find(stack)
  }

  task(stack: number): Task {
    return this.tasks[stack] ??= this.findTask(stack)
  }

  /** An interrupt on the way works for other packets. */
  private findTask(leaf: number): Task {
    const { parentOf, functionOf } = this.books
    for (let stack = leaf; stack > 0; stack = parentOf[stack]!) {
      const fn = functionOf[stack]!
      if (functionTable[fn]!.world === World.HostIrq) return Task.None
      if (fn === Fn.TcpTransmit) return Task.Transmit
      if (fn === Fn.VmnetTransmit || fn === Fn.VmnetReceive) return Task.Vmnet
    }
    return Task.None
  }

  /**
   * From the function that runs upwards while callers are on the same lane: what the CPU does now, without what waits
   * for it in another world. The roots 'VMM time' and 'Host' stand for all that is below them and are left out.
   */
  private find(leaf: number): LanePath {
    const { parentOf, functionOf } = this.books
    const laneOf = (stack: number) => laneNumberOfWorld[functionTable[functionOf[stack]!]!.world]!
    const lane = laneOf(leaf)
    const stacks: number[] = [leaf]
    for (let stack = parentOf[leaf]!; stack > 0 && laneOf(stack) === lane; stack = parentOf[stack]!) {
      const isRoot = parentOf[stack] === 0 && functionTable[functionOf[stack]!]!.module === 'root'
      if (isRoot && functionTable[functionOf[stack]!]!.world !== World.VmApp) break
      stacks.push(stack)
    }
    return { lane, stacks: Int32Array.from(stacks.reverse()) }
  }
}
