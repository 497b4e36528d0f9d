/**
 * How one reads these files without much thought: naive.mjs perf|folded|pprof FILE. Text as one string, split at its line
 * ends, into a Map of children a stack; pprof with the library pprof-format. Prints what the other readers print.
 */
import { readFileSync } from 'node:fs'
import process from 'node:process'

const [format, path] = process.argv.slice(2)
const root = { self: 0, children: new Map() }
let rows = 0
let total = 0

/** Root first. */
function add(names, weight) {
  let node = root
  for (const name of names) {
    let child = node.children.get(name)
    if (!child) node.children.set(name, child = { self: 0, children: new Map() })
    node = child
  }
  node.self += weight
  rows++
  total += weight
}

const readers = {
  folded() {
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      if (line === '') continue
      const blank = line.lastIndexOf(' ')
      add(line.slice(0, blank).split(';'), Number(line.slice(blank + 1)))
    }
  },
  perf() {
    let period = 0
    let names = []
    for (const line of readFileSync(path, 'utf8').split('\n')) {
      if (line === '') {
        if (period > 0) add(names.reverse(), period)
        period = 0
        names = []
      } else if (line.startsWith('\t')) names.push(/^\s+[0-9a-f]+ (.*)\+0x[0-9a-f]+ (\(.*\))$/.exec(line).slice(1).join(' '))
      else if (!line.startsWith('#')) period = Number(/\.\d+:\s+(\d+) /.exec(line)[1])
    }
  },
  async pprof() {
    const { Profile } = await import('pprof-format')
    const profile = Profile.decode(readFileSync(path))
    for (const { locationId, value } of profile.sample) add(locationId.reverse(), Number(value[1]))
  },
}

const began = process.cpuUsage()
await readers[format]()
const { user, system } = process.cpuUsage(began)
process.stdout.write(`${JSON.stringify({ rows, total, cpuSeconds: (user + system) / 1e6, peakMB: process.resourceUsage().maxRSS / 1024 })}\n`)
