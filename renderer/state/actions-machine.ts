import { parseMachineFile } from '../../engine/machine/machine-file'
import { plainErrorOf } from '../../engine/plain-error'
import { customDraftOf } from './custom-draft'
import { notify } from './notices'
import { change } from './store'

/** Puts the machine of a machine file into the scenario editor; false when it cannot be used, and then that is shown. */
export function openMachineFile(fileName: string, bytes: Uint8Array): boolean {
  try {
    const { machine, custom } = parseMachineFile(fileName, bytes)
    change(({ scenario }) => {
      scenario.machine = machine
      scenario.custom = customDraftOf(custom)
    })
    return true
  } catch (thrown) {
    notify({ kept: 'The scenario is as it was.', ...plainErrorOf(thrown) })
    return false
  }
}

export function removeCustomMachine(): void {
  change(({ scenario }) => { scenario.custom = null })
}
