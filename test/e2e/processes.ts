import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** What /proc says of processes; whatever is gone by the time it is looked at is nothing. */

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** A line of /proc/PID/status. */
export function statusOf(pid: number, name: string): string | undefined {
  return new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(read(`/proc/${pid}/status`))?.[1]
}

export function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
}

/** A process and everybody below it. */
export function treeOf(root: number): number[] {
  const parents = new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), Number(statusOf(Number(name), 'PPid') ?? 0)]))
  const tree = [root]
  for (const pid of tree) tree.push(...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child))
  return tree
}

/** Inodes of the sockets that a process holds. */
function socketsOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  try {
    return readdirSync(folder).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${fd}`))?.[1] ?? []
      } catch {
        return []
      }
    })
  } catch {
    return []
  }
}

const listening = '0A'

/** Ports of TCP that a process listens on and of UDP that it has bound, in its own view of the network. */
export function portsOf(pid: number): string[] {
  const own = new Set(socketsOf(pid))
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((protocol) => read(`/proc/${pid}/net/${protocol}`).trim().split('\n').slice(1).flatMap((line) => {
    const fields = line.trim().split(/\s+/)
    const [, local, , state] = fields
    const waits = protocol.startsWith('udp') || state === listening
    return waits && own.has(fields[9] ?? '') ? [`${protocol} ${Number.parseInt(local!.split(':').at(-1)!, 16)}`] : []
  }))
}
