import type { Books } from '../machine/books'
import { Fn, functionTable } from '../machine/functions'
import { tableRows } from '../paper/rows'

/**
 * Which row of Table 2 the time of each stack belongs to. Calls that the paper timed from start to finish take in
 * everything under them (a host interrupt inside a VMNet transmit is transmit time); a host interrupt in the VMM's
 * world is one row or the other by whether the guest was idle; all else goes by the nearest function with a row.
 */
export interface Attribution {
  /** Row id of each stack; null: in no row. */
  rowOf: (string | null)[]
  /** Whether each stack is part of VMM time. */
  inVmm: boolean[]
}

/** Stack 0 is the root of all; a function that is none of the simulated ones belongs to its caller's row. */
export function attribute(books: Pick<Books, 'count' | 'parentOf' | 'functionOf'>): Attribution {
  const rowOf: (string | null)[] = [null]
  const inVmm: boolean[] = [false]
  const fixed: boolean[] = [false]
  for (let stack = 1; stack < books.count; stack++) {
    const parent = books.parentOf[stack]!
    const fn = books.functionOf[stack]!
    inVmm[stack] = inVmm[parent]! || fn === Fn.VmmTime
    fixed[stack] = fixed[parent]!
    rowOf[stack] = rowOf[parent]!
    if (fixed[parent]) continue
    if (fn === Fn.HostIrqInVmm) {
      rowOf[stack] = books.functionOf[parent] === Fn.Halted ? 'host-irq-while-idle' : 'host-irq-while-busy'
      fixed[stack] = true
    } else {
      rowOf[stack] = functionTable[fn]?.row ?? rowOf[parent]!
      fixed[stack] = fn === Fn.VmnetTransmit || fn === Fn.VmnetReceive || fn === Fn.TransmitPath || fn === Fn.SwitchAccess
    }
  }
  return { rowOf, inVmm }
}

/** Sums a column over stacks into rows; 'vmm' is the sum of all VMM time. */
export function sumByRow(attribution: Attribution, column: ArrayLike<number>): Map<string, number> {
  const sums = new Map<string, number>()
  const add = (row: string, value: number) => sums.set(row, (sums.get(row) ?? 0) + value)
  for (let stack = 0; stack < column.length; stack++) {
    const value = column[stack]!
    if (value === 0) continue
    const row = attribution.rowOf[stack]
    if (row) add(row, value)
    if (attribution.inVmm[stack]) add('vmm', value)
  }
  return sums
}

/** Ids of all rows that time can be attributed to, in the order of the table. */
export function attributedRows(): string[] {
  return tableRows.map((row) => row.id)
}
