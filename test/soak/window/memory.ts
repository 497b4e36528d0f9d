import { readFileSync } from 'node:fs'
import type { WorldswitchApp } from '../../e2e/fixtures'
import { treeOf } from '../../e2e/processes'

export interface Sample {
  /**
   * Megabytes that the processes hold together beside what comes out of files; what they share is shared out among them
   * (Pss_Anon and Pss_Shmem of proc(5)). The program's own pages are left out: they count for less while another window of
   * the same program is open.
   */
  all: number
  /** Megabytes of the page's JavaScript that are reachable: collected before they are measured. */
  heap: number
}

export async function memoryOf(app: WorldswitchApp): Promise<Sample> {
  const session = await app.page.context().newCDPSession(app.page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  const kilobytes = treeOf(app.electronApp.process().pid!).map((pid) => {
    try {
      const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
      return ['Pss_Anon', 'Pss_Shmem'].reduce((sum, name) => sum + Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0), 0)
    } catch {
      return 0
    }
  })
  return { all: kilobytes.reduce((a, b) => a + b, 0) / 1024, heap: usedSize / 2 ** 20 }
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** By how much the last quarter is above the second, in parts of it: the first quarter fills caches. */
export function growth(values: readonly number[]): number {
  const quarter = Math.floor(values.length / 4)
  return median(values.slice(-quarter)) / median(values.slice(quarter, 2 * quarter)) - 1
}
