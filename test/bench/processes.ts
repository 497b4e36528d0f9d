import { readFileSync, readdirSync } from 'node:fs'

/** The process and all that it started, directly or not. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const above = parentOf(name)
    if (above !== null) children.set(above, [...(children.get(above) ?? []), Number(name)])
  }
  const found = [root]
  for (let i = 0; i < found.length; i++) found.push(...children.get(found[i]!) ?? [])
  return found
}

/** Null: it has ended meanwhile. The name, in brackets, may hold anything. */
function parentOf(pid: string): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}

/** Proportional set size of a process and all that it started, in MB: pages that several share are counted once. */
export function pssMegabytes(root: number): number {
  return processTree(root).reduce((sum, pid) => sum + pssOf(pid), 0)
}

function pssOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Looks every 100 ms how much memory is used, until it is told to stop; answers the most that was seen, and the last. */
export function watchMemory(root: number): () => { most: number; last: number } {
  let [most, last] = [0, 0]
  const look = () => { most = Math.max(most, last = pssMegabytes(root)) }
  const timer = setInterval(look, 100)
  return () => {
    clearInterval(timer)
    look()
    return { most, last }
  }
}
