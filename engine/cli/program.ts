import { Command } from 'commander'
import { engineVersion, productVersion } from '../version'
import { addAgreement } from './agreement'
import { addCalibrate } from './calibrate'
import { addCompareSeeds } from './compare-seeds'
import { addConvert } from './convert'
import { addCosts } from './costs'
import { addDemo } from './demo'
import { addDiff } from './diff'
import { addImport } from './import'
import { addPlan } from './plan'
import { addPredict } from './predict'
import { addReference } from './reference'
import { addReport } from './report'
import { addRun } from './run'
import { addSweep } from './sweep'
import { addTable } from './table'
import type { Terminal } from './terminal'
import { addVerify } from './verify'

/** All commands, in the order in which help and the reference show them. */
export function commandLine(terminal: Terminal): Command {
  const program = new Command('worldswitch')
    .description('Shows where a virtual machine\'s network time goes.')
    .version(`${productVersion} (engine ${engineVersion})`)
    // set before the commands are added: they inherit it
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .showSuggestionAfterError(false)
    .addHelpText('after', '\nworldswitch COMMAND --help has the options of a command, and examples.')
  for (const add of [
    addRun, addDemo, addTable, addImport, addConvert, addDiff, addReport, addVerify, addCompareSeeds, addSweep, addPlan,
    addPredict, addAgreement, addCalibrate, addCosts, addReference,
  ]) add(program, terminal)
  return program
}
