import type { Command } from 'commander'
import { type CalibrationResult, calibrate, freeEntries, standardCalibration } from '../experiments/calibrate'
import { calibrationText, leftOut } from '../experiments/calibration-text'
import { machineConfig } from '../machine/config'
import { type CostEntry, costSheet } from '../machine/costs/sheet'
import { PlainErrorException } from '../plain-error'
import { addExamples, addJson } from './describe'
import { nameOf, pipe, readInput, writeOutput } from './streams'
import type { Terminal } from './terminal'

interface CalibrateOptions {
  write?: string
  json?: true
}

/** Refits the cost sheet to the paper's figures; the fit starts from the ranges, so it always gives the same bytes. */
export function addCalibrate(program: Command, terminal: Terminal): void {
  const command = program.command('calibrate')
    .description('fit the calibrated entries of the cost sheet to the paper\'s figures; prints residuals and sensitivities')
    .option('--write <sheet>', 'write the fitted values into this cost sheet (JSON); -: from standard input to standard output, which then holds nothing else')
  addJson(command, 'worldswitch.calibration/1')
  addExamples(command,
    ['calibrate', 'how well the fit meets the paper, and what each figure would be without itself'],
    ['calibrate --write engine/machine/costs/sheet.json', 'refit the sheet in place: the same bytes every time'])
  command.action(async ({ write, json }: CalibrateOptions) => {
    const sheet = write === undefined ? null : await readSheet(write)
    const result = calibrate(machineConfig('pc-733'), {
      ...standardCalibration, onProgress: (text) => terminal.progress(() => text),
    })
    terminal.clearProgress()
    if (write !== undefined && sheet) {
      for (const id of freeEntries) sheet[id]!.value = result.costs[id]
      await writeOutput(write, `${JSON.stringify(sheet, null, 2)}\n`, terminal)
      if (write === pipe) return
    }
    if (json) return terminal.json(jsonOf(result, write))
    terminal.write(calibrationText(result) + (write === undefined ? '' : `Wrote ${write}\n`))
  })
}

/** Read before the long fit, so that a wrong file is told at once. */
async function readSheet(path: string): Promise<Record<string, CostEntry>> {
  const refuse = (what: string) => new PlainErrorException({ what, where: nameOf(path) })
  let sheet: unknown
  try {
    sheet = JSON.parse(new TextDecoder().decode(await readInput(path)))
  } catch (thrown) {
    if (thrown instanceof PlainErrorException) throw thrown
    throw refuse('This is no JSON, and so no cost sheet.')
  }
  const missing = freeEntries.find((id) => typeof (sheet as Record<string, { value?: unknown } | undefined> | null)?.[id]?.value !== 'number')
  if (missing !== undefined) throw refuse(`This is no cost sheet: it has no value of ${missing}.`)
  return sheet as Record<string, CostEntry>
}

function jsonOf(result: CalibrationResult, written: string | undefined): unknown {
  return {
    schema: 'worldswitch.calibration/1', misfit: result.misfit, written: written ?? null,
    entries: freeEntries.map((id) => {
      const { unit, low, high, fittedTo } = costSheet[id]
      return { id, value: result.costs[id], unit, low, high, absorbs: fittedTo ?? null, sensitivity: Object.fromEntries(result.sensitivity.get(id)!) }
    }),
    figures: leftOut(result).map(({ figure: { id, unit, target, tolerance }, model, without }) =>
      ({ id, unit, paper: target, tolerance, model, leftOutOfTheFit: without })),
  }
}
