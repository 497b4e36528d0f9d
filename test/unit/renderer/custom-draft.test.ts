import { beforeEach, describe, expect, it } from 'vitest'
import type { CustomMachine } from '../../../engine/machine/custom'
import { defaultScenario } from '../../../engine/machine/scenario'
import { openMachineFile, removeCustomMachine } from '../../../renderer/state/actions-machine'
import { customDraftOf, restWords, withCustomField } from '../../../renderer/state/custom-draft'
import { draftOf, problemsOf, scenarioOf } from '../../../renderer/state/scenario-draft'
import { initialWorkbench, now, useWorkbench } from '../../../renderer/state/store'

const custom: CustomMachine = {
  name: 'mine', mhz: 500, linkMbps: 10, duplex: 'half', nic: { fifoFrames: 4 }, timerHz: 200, costs: { worldSwitch: 3000 },
}

describe('a custom machine in the editor', () => {
  it('goes from a scenario and back unchanged', () => {
    const scenario = { ...defaultScenario, custom }
    expect(scenarioOf(draftOf(scenario))).toEqual(scenario)
    expect(draftOf(defaultScenario).custom).toBeNull()
    expect('custom' in scenarioOf(draftOf(defaultScenario))).toBe(false)
  })
  it('begins with the first field that is filled in, and ends with the last that is emptied', () => {
    const first = withCustomField(null, 'mhz', '500')!
    expect(first).toEqual({ name: 'custom', mhz: '500', linkMbps: '', duplex: '', rest: {} })
    expect(withCustomField(first, 'mhz', '')).toBeNull()
    const named = withCustomField(null, 'name', 'mine')!
    expect(scenarioOf({ ...draftOf(defaultScenario), custom: named }).custom).toEqual({ name: 'mine' })
    expect(withCustomField(named, 'name', '')).toBeNull()
    const ofFile = customDraftOf({ name: 'mine', timerHz: 200 })
    expect(withCustomField(ofFile, 'name', '')).toMatchObject({ name: '', rest: { timerHz: 200 } })
  })
  it('says what is wrong beside the field, with what was typed', () => {
    const draft = { ...draftOf({ ...defaultScenario, custom }) }
    const wrong = { ...draft, custom: { ...draft.custom!, name: ' ', mhz: 'fast', linkMbps: '0' } }
    expect(problemsOf(wrong)).toMatchObject({
      'custom.name': expect.stringContaining('1 to 60 characters') as string,
      'custom.mhz': 'mhz "fast" is no number: a number from 10 to 10000 (MHz) is needed',
      'custom.linkMbps': expect.stringContaining('linkMbps 0 is out of range') as string,
    })
    const slow = { ...draft, custom: { ...draft.custom!, mhz: '10', rest: { timerHz: 1000 } } }
    expect(Object.keys(problemsOf(slow))).toEqual(['custom.timerHz'])
  })
  it('lists what only a file can set', () => {
    expect(restWords(customDraftOf(custom)!)).toEqual(['timerHz 200', 'fifoFrames 4', 'worldSwitch 3000'])
    expect(restWords(customDraftOf({ name: 'x', mhz: 100 })!)).toEqual([])
  })
})

describe('what-ifs in the editor', () => {
  it('are left out of a native run, as the optimizations are', () => {
    const draft = { ...draftOf(defaultScenario), whatIfs: ['pic-inlined' as const] }
    expect(scenarioOf(draft).whatIfs).toEqual(['pic-inlined'])
    expect(scenarioOf({ ...draft, vm: 'native' }).whatIfs).toEqual([])
  })
})

describe('a machine file in the window', () => {
  const utf8 = (content: unknown) => new TextEncoder().encode(JSON.stringify(content))
  const file = { format: 'worldswitch.machine', version: 1, base: 'pc-350', ...custom }
  beforeEach(() => useWorkbench.setState(initialWorkbench(), true))

  it('becomes the editor\'s machine, until it is removed', () => {
    expect(openMachineFile('mine.json', utf8(file))).toBe(true)
    expect(scenarioOf(now().scenario)).toEqual({ ...defaultScenario, machine: 'pc-350', custom })
    removeCustomMachine()
    expect(scenarioOf(now().scenario)).toEqual({ ...defaultScenario, machine: 'pc-350' })
    expect(now().notices).toEqual([])
  })
  it('that is wrong is said with file and field, and changes nothing', () => {
    expect(openMachineFile('mine.json', utf8({ ...file, mhz: 0 }))).toBe(false)
    expect(now().scenario).toEqual(draftOf(defaultScenario))
    expect(now().notices[0]!.error).toMatchObject({
      where: 'mine.json', what: expect.stringContaining('mhz 0 is out of range: a number from 10') as string,
      kept: 'The scenario is as it was.',
    })
  })
})
