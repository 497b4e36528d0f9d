import type { Profile } from '../../../engine/profile/columns'
import { FoldedReader } from '../../../engine/formats/folded/read'
import { importSteps } from '../../../engine/formats/open-profile'
import { PerfScriptReader } from '../../../engine/formats/perf-script/read'
import { PprofReader } from '../../../engine/formats/pprof/read'
import { notYet } from '../../../engine/formats/file-source'
import { openSourceFile } from '../../../engine/source-file'

/**
 * Reads a file once, in a process of its own, and prints what became of it and what it cost:
 * `ours FORMAT reader|import FILE`. `reader` is the format's reader alone, `import` all that opening a file is.
 */
const [format, part, path] = process.argv.slice(2) as [keyof typeof readers, 'reader' | 'import', string]

const readers = {
  perf: () => new PerfScriptReader('bench', 'bench'),
  folded: () => new FoldedReader('bench', 'bench', false),
  pprof: () => new PprofReader('bench', 'bench'),
}

function read(): Profile {
  const source = openSourceFile(path)
  if (part === 'import') {
    const steps = importSteps('bench', source)
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value.profile
    }
  }
  const reader = readers[format]()
  for (let piece = source.next(); piece !== null; piece = source.next()) if (piece !== notYet) reader.push(piece)
  if (reader instanceof PprofReader) for (const _ of reader.closing()) { /* to its end */ }
  return reader.finish().profile
}

const began = process.cpuUsage()
const { samples, stacks, frames } = read()
const { user, system } = process.cpuUsage(began)
let total = 0
for (const weight of samples.weights.at(-1)!) total += weight
console.log(JSON.stringify({
  rows: samples.stack.length, total, cpuSeconds: (user + system) / 1e6, peakMB: process.resourceUsage().maxRSS / 1024, stacks: stacks.parent.length,
  frames: frames.name.length,
}))
