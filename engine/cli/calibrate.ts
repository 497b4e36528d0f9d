import type { Command } from 'commander'
import { type CalibrationResult, calibrate, freeEntries, standardCalibration } from '../experiments/calibrate'
import { calibrationText } from '../experiments/calibration-text'
import { machineConfig } from '../machine/config'
import type { CostEntry } from '../machine/costs/sheet'
import { readWholeFile, writeFileAtomically } from '../session/files'
import type { Terminal } from './terminal'

/** Refits the cost sheet to the paper's figures; the fit starts from the ranges, so it always gives the same bytes. */
export function addCalibrate(program: Command, terminal: Terminal): void {
  program.command('calibrate')
    .description('fit the calibrated entries of the cost sheet to the paper\'s figures; prints residuals and sensitivities')
    .option('--write <sheet>', 'write the fitted values into this cost sheet (JSON)')
    .action(async ({ write }: { write?: string }) => {
      const result = calibrate(machineConfig('pc-733'), {
        ...standardCalibration, onProgress: (text) => terminal.progress(() => text),
      })
      terminal.clearProgress()
      terminal.write(calibrationText(result))
      if (write !== undefined) {
        await writeSheet(write, result)
        terminal.write(`Wrote ${write}\n`)
      }
    })
}

async function writeSheet(path: string, result: CalibrationResult): Promise<void> {
  const sheet = JSON.parse(new TextDecoder().decode(await readWholeFile(path))) as Record<string, CostEntry>
  for (const id of freeEntries) sheet[id]!.value = result.costs[id]
  await writeFileAtomically(path, new TextEncoder().encode(`${JSON.stringify(sheet, null, 2)}\n`))
}
