import { existsSync } from 'node:fs'
import { Argument, InvalidArgumentError, Option, type Command } from 'commander'
import { nobodyElse } from '../experiments/many-runs'
import { sweep as sweepSteps, parseSweep } from '../experiments/sweep'
import { configurationIds, sweepDefaults, sweepKinds, sweepPresets, type ConfigurationId, type Sweep, type SweepKind, type SweepRequest } from '../experiments/sweep-types'
import { crewOf } from '../crew'
import { csvText } from '../csv'
import { machineIds, type MachineId } from '../machine/scenario'
import { computerWords } from '../report/reproduce'
import { encodeSession } from '../session/archive'
import { emptyView } from '../session/document'
import type { MeanOfRuns } from '../statistics/mean-of-runs'
import { columns, figure, grouped, interval } from './columns'
import { addExamples, addJson } from './describe'
import { exitStatus } from './exit-status'
import { checkSavePath } from './save'
import { listOf, oneOrMore, readMachineFile, size } from './scenario-options'
import { onePipe, pipe, writeOutput } from './streams'
import type { Terminal } from './terminal'

interface SweepOptions {
  machine: MachineId
  machineFile?: string
  configurations?: ConfigurationId[]
  sizes?: number[]
  seeds: number
  bytes: number
  workers?: number
  json?: true
  csv?: true
  out?: string
  save?: string
}

export function addSweep(program: Command, terminal: Terminal): void {
  const command = program.command('sweep')
    .description('run configurations over send sizes and seeds: throughput against data size (Figure 6), or guest idle by configuration; Ctrl+C keeps the points that are there')
    .addArgument(new Argument('[kind]', 'which configurations and sizes, unless they are named').choices(sweepKinds).default('throughput'))
    .addOption(new Option('--machine <name>', 'the computer').choices(machineIds).default('pc-733'))
    .addOption(new Option('--machine-file <file>', 'a machine of your own (docs/machine-file.md); - for standard input').conflicts('machine'))
    .option('--configurations <list>', `with commas: ${configurationIds.join(', ')}`, listOf(configurationIds, 'configuration'))
    .option('--sizes <list>', 'bytes a send() call, with commas', sizes)
    .option('--seeds <number>', 'runs a point, with seeds 1 to this', oneOrMore, sweepDefaults.seeds)
    .option('--bytes <size>', 'to transfer in each run', size, sweepDefaults.bytes)
    .option('--workers <number>', 'threads that share the runs (default: one a core); the figures do not depend on it', oneOrMore)
    .addOption(new Option('--csv', 'print a line a point with commas instead').conflicts('json'))
    .option('--out <file>', 'write the text, CSV or JSON there instead of printing it')
    .option('--save <file>', 'also save the sweep as a session (.wsprof), for the window; - for standard output')
  addJson(command, 'worldswitch.sweep/1')
  addExamples(command,
    ['sweep', 'Figure 6: throughput of native, 2.0 and optimized over eight send sizes'],
    ['sweep idle --csv --out idle.csv', 'guest idle of every configuration at 4096 bytes a call, for a spreadsheet'],
    ['sweep --configurations 2.0,optimized --sizes 1KB,16KB --seeds 10 --json', 'points of your own'],
    ['sweep throughput --save figure6.wsprof', 'to be looked at in the window'])
  command.action(async (kind: SweepKind, options: SweepOptions) => {
    const { save, out } = options
    onePipe('output', save, out)
    if (save !== undefined) await checkSavePath(save, terminal)
    const found = await swept(await requestOf(kind, options), options.workers, terminal)
    if (save !== undefined) await writeOutput(save, sessionOf(kind, found), terminal)
    if (save === pipe && out === undefined) return
    const text = options.json ? `${JSON.stringify(jsonOf(kind, found), null, 2)}\n` : options.csv ? csvOf(found) : textOf(kind, found)
    await writeOutput(out ?? pipe, text, terminal)
  })
}

function sizes(text: string): number[] {
  const list = text.split(',').map((part) => size(part.trim()))
  if (list.length === 0) throw new InvalidArgumentError('At least one send size is needed.')
  return list
}

async function requestOf(kind: SweepKind, { machine, machineFile, configurations, sizes, seeds, bytes }: SweepOptions): Promise<SweepRequest> {
  const own = machineFile === undefined ? null : await readMachineFile(machineFile)
  return parseSweep({
    machine, ...own, configurations: configurations ?? sweepPresets[kind].configurations, sizes: sizes ?? sweepPresets[kind].sizes,
    seeds: Array.from({ length: seeds }, (_, i) => i + 1), bytes,
  })
}

/** The bundle of crew-member.ts, as seen from the one of this program. */
const crewFile = new URL('./electron/engine-crew.mjs', import.meta.url)

/** Point by point; a first Ctrl+C ends it with what is there, a second one at once. */
async function swept(request: SweepRequest, workers: number | undefined, terminal: Terminal): Promise<Sweep> {
  const cells: Sweep['cells'] = []
  const points = pointsOf(request)
  let stopped = false
  const stop = () => { stopped = true }
  process.once('SIGINT', stop)
  // out of a program that was not built there are no threads to be had
  const crew = existsSync(crewFile) ? crewOf(crewFile, workers === undefined ? undefined : workers - 1) : nobodyElse
  const work = sweepSteps(request, crew)
  try {
    for (let step = work.next(); !step.done && !stopped; step = work.next()) {
      const { done, total, partial } = step.value
      if (partial) cells.push(partial)
      terminal.progress(() => `${done} of ${total} runs, ${cells.length} of ${points} points; Ctrl+C keeps them`)
      // signals are seen between two turns of the event loop
      await new Promise((resolve) => { setImmediate(resolve) })
    }
  } finally {
    // its threads end with it
    work.return({ request, cells })
    process.off('SIGINT', stop)
    terminal.clearProgress()
  }
  if (cells.length < points) {
    terminal.status = exitStatus.interrupted
    terminal.note(`stopped after ${cells.length} of ${points} points; they are kept`)
  }
  return { request, cells }
}

const pointsOf = ({ configurations, sizes }: SweepRequest) => configurations.length * sizes.length

function sessionOf(kind: SweepKind, found: Sweep): Uint8Array {
  return encodeSession({ notes: '', runs: [], sweeps: { [kind]: found }, view: { ...emptyView, tab: 'sweeps' } })
}

function jsonOf(kind: SweepKind, { request, cells }: Sweep): unknown {
  return { schema: 'worldswitch.sweep/1', kind, complete: cells.length === pointsOf(request), request, cells }
}

function csvOf({ cells }: Sweep): string {
  const of = ({ n, mean, sd, ci95 }: MeanOfRuns) => [n, mean, sd, ci95?.[0] ?? null, ci95?.[1] ?? null]
  return csvText([
    [
      'configuration', 'bytes a call', 'seeds', 'Mb/s, mean', 'Mb/s, sd', 'Mb/s, 95 % low', 'Mb/s, 95 % high', 'guest idle (direct), % of total time, mean', 'idle, sd',
      'idle, 95 % low', 'idle, 95 % high',
    ],
    ...cells.map((cell) => [cell.configuration, cell.sendSize, ...of(cell.throughputMbps), ...of(cell.idlePercent).slice(1)]),
  ])
}

function textOf(kind: SweepKind, { request, cells }: Sweep): string {
  const { bytes, seeds } = request
  const points = pointsOf(request)
  const of = ({ mean, ci95 }: MeanOfRuns) => [figure(mean, 2), interval(ci95, 2)]
  return [
    `${kind === 'throughput' ? 'Throughput against data size (Figure 6)' : 'Guest idle by configuration'}: ${computerWords(request)}, ` +
      `${grouped(bytes)} bytes a run, ${seeds.length} ${seeds.length === 1 ? 'seed: no intervals' : 'seeds a point'}`,
    ...(cells.length < points ? [`stopped after ${cells.length} of ${points} points`] : []),
    'Means over the seeds with Student\'s 95 % interval; guest idle is measured directly, % of total time.', '',
    ...columns([
      ['Configuration', 'bytes a call', 'Mb/s', '95 % interval', 'idle, %', '95 % interval'],
      ...cells.map((cell) => [cell.configuration, grouped(cell.sendSize), ...of(cell.throughputMbps), ...of(cell.idlePercent)]),
    ]), '',
  ].join('\n')
}
