import type { Command } from 'commander'
import { attributedRows } from '../experiments/attribution'
import {
  type Prediction, type PredictionOptions, configurations, figure6Sizes, predict, standardPrediction, whatIfConfigurations,
} from '../experiments/predict'
import { type MachineId, type Scenario, machineIds, vmName } from '../machine/scenario'
import { rowById } from '../paper/rows'
import { engineVersion } from '../version'
import { addExamples, addJson } from './describe'
import { oneOrMore, size } from './scenario-options'
import type { Terminal } from './terminal'

/** What the model says of every configuration, fitted or not: the committed predictions file and the README's budget. */
export function addPredict(program: Command, terminal: Terminal): void {
  const command = program.command('predict')
    .description('run every configuration over several seeds and print what the model predicts, as Markdown')
    .option('--bytes <size>', 'bytes to transfer in each run', size, standardPrediction.bytes)
    .option('--seeds <number>', 'seeds a configuration', oneOrMore, standardPrediction.seeds.length)
  addJson(command, 'worldswitch.predictions/1')
  addExamples(command, ['predict --seeds 2 --bytes 1MB', 'every configuration, quickly'], ['predict --json', 'all figures of all of them'])
  command.action(({ bytes, seeds, json }: { bytes: number; seeds: number; json?: true }) => {
    const options: PredictionOptions = {
      bytes, seeds: Array.from({ length: seeds }, (_, i) => i + 1), onProgress: (text) => terminal.progress(() => text),
    }
    const made = new Map<string, Prediction>()
    const text = predictionsText(options, made)
    terminal.clearProgress()
    if (json) terminal.json(predictionsJson(options, [...made.values()]))
    else terminal.write(text)
  })
}

function predictionsJson({ bytes, seeds }: PredictionOptions, made: readonly Prediction[]): unknown {
  return {
    schema: 'worldswitch.predictions/1', engineVersion, bytes, seeds,
    configurations: made.map(({ name, scenario, figures, mean, deviation }) => ({
      name, scenario, figures: figures.map((id) => ({ id, mean: mean(id), sd: deviation(id) })),
    })),
  }
}

const fixed = (value: number, digits = 1) => value.toFixed(digits)
const spread = (p: Prediction, figure: string, digits = 1) => `${fixed(p.mean(figure), digits)} ± ${fixed(p.deviation(figure), digits)}`
const perPacket = (p: Prediction, count: string) => fixed(p.mean(`${count}/s`) / p.mean('packetsSent/s'), 2)

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

/** `made`: every configuration that was run, by its name, also where several tables show it. */
function predictionsText(options: PredictionOptions, made: Map<string, Prediction>): string {
  const run = (change: Partial<Scenario>) => {
    const prediction = predict(change, options)
    made.set(prediction.name, prediction)
    return prediction
  }
  const parts = [`Engine ${engineVersion}; ${options.bytes / 1e6} MB a run, mean ± standard deviation over ${options.seeds.length} seeds.`]
  for (const machine of machineIds) {
    const all = configurations(machine).map(run)
    parts.push(`## ${machine.toUpperCase()}, sending, 4096 bytes a call`, headlines(all))
    parts.push(`### Where a packet's time goes on ${machine.toUpperCase()}, microseconds`, budget(all.slice(1), machine))
    parts.push(`### Section 4's ideas on top of the optimized version, ${machine.toUpperCase()}`, headlines(whatIfConfigurations(machine).map(run)))
    parts.push(`### Receiving, ${machine.toUpperCase()}`, headlines([all[0]!, all[1]!, all.at(-1)!].map((p) => run({ ...p.scenario, direction: 'receive' }))))
    parts.push(`### Throughput against send size (Figure 6), Mb/s, ${machine.toUpperCase()}`, figure6(machine, run))
  }
  return `${parts.join('\n\n')}\n`
}

function headlines(all: readonly Prediction[]): string {
  return table(
    ['configuration', 'Mb/s', 'idle, % of total', 'VMM, % of total', 'world switches a packet', 'virtual IRQs a packet', 'host IRQs in the VMM a packet', 'select() a packet'],
    all.map((p) => [
      vmName(p.scenario), spread(p, 'throughput'), spread(p, 'idle of total'), fixed(p.mean('vmm')),
      perPacket(p, 'worldSwitches'), perPacket(p, 'guestIrqs'), perPacket(p, 'hostIrqsInVmm'), perPacket(p, 'selectCalls'),
    ]))
}

function budget(all: readonly Prediction[], machine: MachineId): string {
  const mhz = machine === 'pc-733' ? 733 : 350
  const microseconds = (p: Prediction, row: string) => {
    const total = 1e6 / p.mean('packetsSent/s')
    const share = p.mean(row) / 100
    return fixed(rowById.get(row)?.scope === 'vmm' ? total * share * (p.mean('vmm') / 100) : total * share)
  }
  return table(
    [`us a packet at ${mhz} MHz`, ...all.map((p) => vmName(p.scenario))],
    [
      ['all', ...all.map((p) => fixed(1e6 / p.mean('packetsSent/s')))],
      ...attributedRows().filter((row) => row !== 'vmm').map((row) => [rowById.get(row)!.label, ...all.map((p) => microseconds(p, row))]),
    ])
}

function figure6(machine: MachineId, run: (change: Partial<Scenario>) => Prediction): string {
  const [native, ...hosted] = configurations(machine)
  const shown = [native!, hosted.at(-1)!, hosted[0]!]
  return table(
    ['bytes a call', 'native', 'optimized', '2.0'],
    figure6Sizes.map((sendSize) => [String(sendSize), ...shown.map((c) => spread(run({ ...c, sendSize }), 'throughput'))]))
}
