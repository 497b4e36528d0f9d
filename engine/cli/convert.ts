import type { Command } from 'commander'
import { digestOfBytes } from '../canonical'
import { exportedKinds, exportIds, kindOfName, type ExportId } from '../exports/kinds'
import type { CycleRange } from '../exports/types'
import { exportRun } from '../exports/writers'
import { writePprof } from '../formats/pprof/write'
import { machineConfig } from '../machine/config'
import { PlainErrorException } from '../plain-error'
import type { SessionRun } from '../session/document'
import { grouped } from './columns'
import { addExamples, addJson } from './describe'
import { partOfRun, refuseParts, type PartOptions } from './parts'
import { withRunPerf, type RunPerf } from './perf-data'
import { readSource, runOf } from './sources'
import { checkBinaryOutput, nameOf, onePipe, pipe, writeOutput } from './streams'
import type { Terminal } from './terminal'

interface ConvertOptions extends RunPerf, Pick<PartOptions, 'only'> {
  to?: string
  run?: string
  range?: string
  json?: true
}

/** Formats that no person can read. */
const binary: ReadonlySet<ExportId> = new Set(['pprof', 'session'])

/** Any profile that can be read, or a run of a session, as another format; what that cannot carry is said. */
export function addConvert(program: Command, terminal: Terminal): void {
  const command = withRunPerf(program.command('convert'))
    .description('write a profile, or a run of a session, in the format of another program')
    .argument('<in>', 'a profile of any format that is read, or a .wsprof session; - for standard input')
    .argument('<out>', 'the file to write; its ending says the format; - for standard output')
    .option('--to <format>', `the format, instead of the ending: ${exportIds.map((id) => `${id} (${exportedKinds[id].endings.join(', ')})`).join('; ')}`)
    .option('--run <name>', 'which run of a session; needed when it has several')
    .option('--only <part>', 'a thread, a process or a processor of a recorded profile, by its name in the load report')
    .option('--range <from..to>', 'milliseconds of a simulated run, for its trace')
  addJson(command, 'worldswitch.convert/1')
  addExamples(command,
    ['convert perf.txt out.pb.gz', 'for go tool pprof'],
    ['perf script | worldswitch convert - out.speedscope.json', 'a recording without a file between'],
    ['convert perf.txt - --to folded | flamegraph.pl > flame.svg', 'on to the next program'],
    ['convert mine.wsprof run.trace.json --run "VM/PC-733 2.0" --range 10..20', 'ten milliseconds of a simulated run, packet by packet'])
  command.action(async (from: string, out: string, { to, run, range, json, only, ...perf }: ConvertOptions) => {
    const format = formatOf(out, to)
    onePipe('output', out, json && pipe)
    if (binary.has(format)) checkBinaryOutput(out, terminal)
    const found = chosenPart(runOf(await readSource(from, terminal, perf), run, terminal), only)
    const { bytes, lost } = exported(format === 'session' ? named(found) : found, format, rangeOf(found, format, range), terminal)
    await writeOutput(out, bytes, terminal)
    const rows = found.profile.samples.stack.length
    const said = `${grouped(rows)} ${found.kind === 'simulated' ? 'stacks' : 'samples'}${lost.length > 0 ? `; not in it: ${lost.join('; ')}` : ''}`
    if (json) terminal.json({ schema: 'worldswitch.convert/1', file: nameOf(from), run: found.name, out, format, rows, bytes: bytes.length, notInIt: lost })
    else if (out === pipe) terminal.note(said)
    else terminal.write(`${out}: ${said}\n`)
  })
}

function chosenPart(run: SessionRun, only: string | undefined): SessionRun {
  if (run.kind === 'imported') return partOfRun(run, { only })
  refuseParts(run, { only })
  return run
}

/** Equal profiles get equal ids, so that they give equal sessions. */
function named(run: SessionRun): SessionRun {
  return run.kind === 'simulated' ? run : { ...run, id: `import-${digestOfBytes(writePprof(run.profile)).slice(0, 16)}` }
}

function exported(run: SessionRun, format: ExportId, range: CycleRange | null, terminal: Terminal): { bytes: Uint8Array; lost: string[] } {
  const work = exportRun(run, format, range)
  for (;;) {
    const step = work.next()
    if (step.done) {
      terminal.clearProgress()
      return step.value
    }
    terminal.progress(() => `${run.name}: ${Math.floor((100 * step.value.done) / Math.max(1, step.value.total))} %, simulated again`)
  }
}

function formatOf(out: string, to: string | undefined): ExportId {
  if (to !== undefined) {
    const named = exportIds.find((id) => id === to)
    if (named) return named
    throw new PlainErrorException({ what: `There is no format "${to}"; formats are ${exportIds.join(', ')}.` })
  }
  const found = out === pipe ? null : kindOfName(out)
  if (found) return found
  throw new PlainErrorException({
    what: out === pipe ? 'Standard output has no ending that says a format.' : 'The ending says no format that is written.',
    ...(out === pipe ? {} : { where: out }), todo: `Say --to ${exportIds.join(', --to ')}.`,
  })
}

function rangeOf(run: SessionRun, format: ExportId, range: string | undefined): CycleRange | null {
  if (range === undefined) return null
  if (run.kind !== 'simulated' || format !== 'chrome-trace') {
    throw new PlainErrorException({ what: 'Only the trace of a simulated run has a --range.', todo: 'Leave it out, or say --to chrome-trace.' })
  }
  const found = /^(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)$/.exec(range)
  const [from, to] = [Number(found?.[1]), Number(found?.[2])]
  if (!(from < to)) throw new PlainErrorException({ what: `"${range}" is no range of milliseconds.`, todo: 'Write it like 10..12.5.' })
  const { machine, custom } = run.report.scenario
  const perMillisecond = machineConfig(machine, custom).mhz * 1000
  return { fromCycles: Math.round(from * perMillisecond), toCycles: Math.round(to * perMillisecond) }
}
