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
  const text = textOf(`/proc/${pid}/stat`)
  return text === '' ? null : Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1])
}

/** Proportional set size of a process and all that it started, in MB: pages that several share are counted once. */
export function pssMegabytes(root: number): number {
  return processTree(root).reduce((sum, pid) => sum + pssOf(pid), 0)
}

/** The process of the window's page among those that a program started. */
export function pageProcess(root: number): number {
  const found = processTree(root).find((pid) => textOf(`/proc/${pid}/cmdline`).includes('--type=renderer'))
  if (found === undefined) throw new Error(`process ${root} has started no page`)
  return found
}

/** CPU time of a process so far, all its threads together, in milliseconds; Linux counts it in steps of 10. */
export function cpuMillisecondsOf(pid: number): number {
  const [user, system] = textOf(`/proc/${pid}/stat`).replace(/^.*\) /s, '').split(' ').slice(11, 13).map(Number)
  return (user! + system!) * 10
}

/** Empty: it has ended meanwhile. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function pssOf(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(textOf(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024
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
