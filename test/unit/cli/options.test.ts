import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { columns, figure, grouped, interval, signed } from '../../../engine/cli/columns'
import { addScenarioOptions, readScenario, scenarioOf, size, wholeNumber } from '../../../engine/cli/scenario-options'
import type { ScenarioOptions } from '../../../engine/cli/scenario-options'
import { defaultScenario } from '../../../engine/machine/scenario'
import { PlainErrorException } from '../../../engine/plain-error'

function options(...argumentsGiven: string[]): ScenarioOptions {
  const command = addScenarioOptions(new Command()).exitOverride().configureOutput({ writeErr: () => undefined })
  return command.parse(argumentsGiven, { from: 'user' }).opts<ScenarioOptions>()
}

const scenario = (...argumentsGiven: string[]) => scenarioOf(options(...argumentsGiven))

describe('scenario options', () => {
  it('are the optimized VM/PC-733 sending 100 MB when nothing is said', () => {
    expect(scenario()).toEqual(defaultScenario)
  })
  it('are all understood', () => {
    expect(scenario(
      '--machine', 'pc-350', '--vm', '2.0', '--with', 'irq-notification,io-in-vmm', '--send-size', '512', '--bytes', '64KB',
      '--seed', '7', '--sampler-hz', '0', '--direction', 'receive',
    )).toEqual({
      machine: 'pc-350', vm: 'hosted', optimizations: ['io-in-vmm', 'irq-notification'], whatIfs: [], sendSize: 512,
      bytes: 64_000, seed: 7, samplerHz: 0, direction: 'receive',
    })
    expect(scenario('--vm', 'native')).toMatchObject({ vm: 'native', optimizations: [] })
    expect(scenario('--vm', '2.0')).toMatchObject({ vm: 'hosted', optimizations: [] })
  })
  it.each([
    [['--bytes', '0'], 'bytes 0 is out of range'], [['--send-size', '-1'], 'send size -1 is out of range'],
    [['--bytes', `1${'0'.repeat(18)}`], 'is out of range'], [['--bytes', '200GB'], 'is out of range'],
    [['--send-size', '65537'], 'is out of range'], [['--seed', '-1'], 'is out of range'], [['--seed', '4294967296'], 'is out of range'],
    [['--sampler-hz', '100001'], 'is out of range'], [['--with', 'io-in-vmm'], 'cannot be used with --vm optimized'],
    [['--vm', '2.0', '--with', 'io-in-vmm,'], '"" is no optimization'], [['--vm', '2.0', '--with', 'x'], '"x" is no optimization'],
    [['--vm', '3.0'], 'Allowed choices'], [['--machine', 'PC-733'], 'Allowed choices'], [['--direction', 'both'], 'Allowed choices'],
    [['--seed', '1.5'], 'whole number'], [['--seed', '0x10'], 'whole number'], [['--bytes', 'many'], 'A size is needed'],
    [['--nonsense'], 'unknown option'], [['--what-if', 'magic'], '"magic" is no what-if; there are idle-keeps-page-table'],
    [['--vm', 'native', '--what-if', 'pic-inlined'], 'cannot be used with --vm native'],
    [['--machine', 'pc-350', '--machine-file', 'x.json'], "cannot be used with option '--machine <name>'"],
  ])('%s are refused', (given, message) => expect(() => scenario(...given)).toThrow(message))
})

describe('what-ifs', () => {
  it('are added to any version of the virtual machine, in one order', () => {
    expect(scenario('--what-if', 'pic-inlined, idle-keeps-page-table').whatIfs).toEqual(['idle-keeps-page-table', 'pic-inlined'])
    expect(scenario('--vm', '2.0', '--what-if', 'vmm-drives-nic')).toMatchObject({ optimizations: [], whatIfs: ['vmm-drives-nic'] })
  })
})

describe('a machine file', () => {
  let folder = ''
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'worldswitch-options-')) })
  afterEach(() => rmSync(folder, { recursive: true }))
  const read = (content: string, ...more: string[]) => {
    const file = join(folder, 'mine.json')
    writeFileSync(file, content)
    return readScenario(options('--machine-file', file, ...more))
  }
  const machine = (fields: object) =>
    JSON.stringify({ format: 'worldswitch.machine', version: 1, base: 'pc-350', name: 'mine', ...fields })

  it('gives the scenario its machine, and leaves the other options as they are', async () => {
    expect(await read(machine({ mhz: 500, costs: { worldSwitch: 3000 } }), '--seed', '9', '--vm', 'native')).toEqual({
      ...defaultScenario, machine: 'pc-350', vm: 'native', optimizations: [], seed: 9,
      custom: { name: 'mine', mhz: 500, costs: { worldSwitch: 3000 } },
    })
    expect(await readScenario(options())).toEqual(defaultScenario)
  })
  it('that cannot be used is refused with its name and the field', async () => {
    await expect(read(machine({ costs: { worldSwitch: 0 } }))).rejects.toMatchObject({
      plain: { where: 'mine.json', what: expect.stringContaining('worldSwitch 0 is out of range: a whole number from 1') as string },
    })
    await expect(read('{')).rejects.toThrow(PlainErrorException)
    await expect(readScenario(options('--machine-file', join(folder, 'none.json')))).rejects.toThrow('there is no such file')
  })
  it('and what it makes impossible together with the other options too', async () => {
    await expect(read(machine({ linkMbps: 0.1 }), '--bytes', '100GB')).rejects.toThrow('sampler rate 1000 is out of range')
  })
})

describe('sizes', () => {
  it.each([
    ['1', 1], ['100MB', 100e6], ['10mb', 10e6], ['64KB', 64e3], ['1.1MB', 1.1e6], ['0.5 GB', 5e8], ['12B', 12], ['-1', -1],
  ])('%s', (text, bytes) => expect(size(text)).toBe(bytes))
  it.each(['', 'MB', '1.5', '1.0005KB ', '1e6', '10 MiB', '1,000', '１００', 'NaN', '1.5B', '--bytes'])('"%s" is no size', (text) =>
    expect(() => size(text)).toThrow())
  it('whole numbers are digits and nothing else', () => {
    expect(wholeNumber('042')).toBe(42)
    for (const text of ['', '1.0', '1e3', 'Infinity', '٣']) expect(() => wholeNumber(text)).toThrow('whole number')
  })
})

describe('text in columns', () => {
  it('aligns figures on the right and names on the left', () => {
    expect(columns([['a', '1', 'x'], ['bcd', '22.5', 'yz']], [0, 2])).toEqual(['a       1  x', 'bcd  22.5  yz'])
  })
  it('writes figures without a negative zero, with a sign where asked, and a dash for nothing', () => {
    expect([figure(-0.04, 1), figure(null, 1), figure(undefined, 1), figure(-1.25, 1)]).toEqual(['0.0', '-', '-', '-1.3'])
    expect([signed(0.04, 1), signed(2, 1), signed(-2, 1), signed(null, 1), signed(-0.01, 1)]).toEqual(['0.0', '+2.0', '-2.0', '-', '0.0'])
    expect([interval([1, 2.25], 1), interval(null, 1), interval([-1, 1], 0, signed)]).toEqual(['[1.0, 2.3]', '-', '[-1, +1]'])
    expect([grouped(999), grouped(1000), grouped(1234567)]).toEqual(['999', '1,000', '1,234,567'])
  })
})
