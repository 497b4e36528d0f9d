import type { Command } from 'commander'
import { type Figure, fittedFigures, measure, presetScenario } from '../experiments/figures'
import { machineConfig } from '../machine/config'
import { size, wholeNumber } from './scenario-options'
import type { Terminal } from './terminal'

/** The model beside the paper, seed by seed: how far each figure of the fit is off, and how much it varies. */
export function addAgreement(program: Command, terminal: Terminal): void {
  program.command('agreement')
    .description('the figures that the model is fitted to or held against, over several seeds, as Markdown')
    .option('--bytes <size>', 'bytes to transfer in each run', size, 100_000_000)
    .option('--seeds <number>', 'seeds 1 to this', wholeNumber, 10)
    .action(({ bytes, seeds }: { bytes: number; seeds: number }) => {
      const runs = Array.from({ length: seeds }, (_, i) => {
        terminal.progress(() => `seed ${i + 1} of ${seeds}`)
        const of = (preset: '2.0' | 'optimized') => measure(presetScenario('pc-733', preset, bytes, i + 1), machineConfig('pc-733'))
        return { optimized: of('optimized'), baseline: of('2.0') }
      })
      terminal.clearProgress()
      const rows = fittedFigures.map((figure) => row(figure, runs.map((run) => valueOf(figure.id, run))))
      terminal.write([
        `| figure (${seeds} seeds, ${bytes / 1e6} MB) | paper | model, mean | spread: least to most | off by |`,
        '| --- | ---: | ---: | ---: | ---: |', ...rows, '',
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

function row({ id, unit, target }: Figure, values: readonly number[]): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const shown = (value: number) => value.toFixed(2)
  return `| ${id}, ${unit} | ${target} | ${shown(mean)} | ${shown(Math.min(...values))} to ${shown(Math.max(...values))} | ${shown(mean - target)} |`
}
