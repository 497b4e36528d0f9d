import type { Command } from 'commander'
import { type Figure, fittedFigures, measure, presetScenario } from '../experiments/figures'
import { machineConfig } from '../machine/config'
import { addExamples, addJson } from './describe'
import { oneOrMore, size } from './scenario-options'
import type { Terminal } from './terminal'

/** The model beside the paper, seed by seed: how far each figure of the fit is off, and how much it varies. */
export function addAgreement(program: Command, terminal: Terminal): void {
  const command = program.command('agreement')
    .description('the figures that the model is fitted to or held against, over several seeds, as Markdown')
    .option('--bytes <size>', 'bytes to transfer in each run', size, 100_000_000)
    .option('--seeds <number>', 'seeds 1 to this', oneOrMore, 10)
  addJson(command, 'worldswitch.agreement/1')
  addExamples(command, ['agreement --seeds 3 --bytes 10MB', 'how far the model is off the paper, and how much that varies'])
  command.action(({ bytes, seeds, json }: { bytes: number; seeds: number; json?: true }) => {
    const runs = Array.from({ length: seeds }, (_, i) => {
      terminal.progress(() => `seed ${i + 1} of ${seeds}`)
      const of = (preset: '2.0' | 'optimized') => measure(presetScenario('pc-733', preset, bytes, i + 1), machineConfig('pc-733'))
      return { optimized: of('optimized'), baseline: of('2.0') }
    })
    terminal.clearProgress()
    const rows = fittedFigures.map((figure) => agreementOf(figure, runs.map((run) => valueOf(figure.id, run))))
    if (json) return terminal.json({ schema: 'worldswitch.agreement/1', bytes, seeds, figures: rows })
    terminal.write([
      `| figure (${seeds} seeds, ${bytes / 1e6} MB) | paper | model, mean | spread: least to most | off by |`,
      '| --- | ---: | ---: | ---: | ---: |', ...rows.map(line), '',
    ].join('\n'))
  })
}

interface SeedRun {
  optimized: Map<string, number>
  baseline: Map<string, number>
}

function valueOf(id: string, { optimized, baseline }: SeedRun): number {
  return (id.startsWith('2.0 ') ? baseline.get(id.slice(4)) : optimized.get(id)) ?? 0
}

interface Agreement extends Omit<Figure, 'target'> {
  paper: number
  mean: number
  least: number
  most: number
  /** Model less paper. */
  off: number
}

function agreementOf({ target: paper, ...figure }: Figure, values: readonly number[]): Agreement {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return { ...figure, paper, mean, least: Math.min(...values), most: Math.max(...values), off: mean - paper }
}

function line({ id, unit, paper, mean, least, most, off }: Agreement): string {
  const shown = (value: number) => value.toFixed(2)
  return `| ${id}, ${unit} | ${paper} | ${shown(mean)} | ${shown(least)} to ${shown(most)} | ${shown(off)} |`
}
