import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Text that perf script could have written: three samples of two stacks. */
export const fakePerfText = [1, 2, 3].map((n) => [
  `guest ${n === 3 ? 12 : 11}/11 K   100.00${n}000000:     250000 cpu-clock: `,
  `\tffffffff81000010 leaf_${n % 2}+0x10 ([kernel.kallsyms])`, '\tffffffff81000020 root_function+0x20 ([kernel.kallsyms])', '', '',
].join('\n')).join('')

/** What may be opened in perf's name: perf.data as far as its beginning goes. */
export const fakePerfData = new TextEncoder().encode('PERFILE2\0\0\0\0 and so on')

/** A program named perf in a folder of its own, for PATH; what it does is a script of the shell. */
export function fakePerf(folder: string, script: string): string {
  const place = join(folder, 'fake-bin')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'perf'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(place, 'perf'), 0o755)
  chmodSync(place, 0o755)
  return place
}

/** Writes the text of `fakePerfText`, whatever it is asked. */
export const succeeding = `cat <<'END'\n${fakePerfText}\nEND`
