import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { descriptionOf, typed } from '../../../engine/cli/describe'
import { exitStatusWords } from '../../../engine/cli/exit-status'
import { commandLine } from '../../../engine/cli/program'
import { manualPage, markdownReference } from '../../../engine/cli/reference'
import { Terminal } from '../../../engine/cli/terminal'
import { productVersion } from '../../../engine/version'

const program = commandLine(new Terminal())
const commands = program.createHelp().visibleCommands(program).filter((command) => command.name() !== 'help')
const file = (path: string) => new URL(`../../../${path}`, import.meta.url)

/** UPDATE_GOLDEN=1 writes it anew. */
function expectMade(path: string, text: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(new URL('.', file(path)), { recursive: true })
    writeFileSync(file(path), text)
  }
  expect(readFileSync(file(path), 'utf8')).toBe(text)
}

/** What a shell would hand over, for lines without anything that a shell does more about. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!)
}

describe('the reference of the command line', () => {
  test('is what the program says of itself, as Markdown', () => {
    expectMade('docs/cli.md', markdownReference(program))
  })

  test('has every command with examples and, where it prints JSON, its schema', () => {
    const text = markdownReference(program)
    for (const command of commands) {
      const { examples, schema } = descriptionOf(command)
      expect(text).toContain(`\n## ${command.name()}\n`)
      expect(examples.length, `examples of ${command.name()}`).toBeGreaterThan(0)
      expect(schema, `schema of ${command.name()}`).toMatch(/^worldswitch\.[a-z]+\/\d+$/)
      for (const { line } of examples) expect(text).toContain(`\n${typed(line)}\n`)
      for (const option of command.options) expect(text).toContain(`| \`${option.flags}\` |`)
    }
    expect(exitStatusWords.map(([status]) => status)).toEqual([0, 1, 2, 3, 130])
  })

  test('shows examples that the program understands', () => {
    for (const command of commands) {
      for (const { line } of descriptionOf(command).examples) {
        for (const part of typed(line).split(' | ').filter((one) => one.startsWith('worldswitch '))) {
          expect(() => parsed(wordsOf(part.replace(/ [<>] .*$/, '')).slice(1)), part).not.toThrow()
        }
      }
    }
    expect(() => parsed(['run', '--nonsense'])).toThrow('unknown option')
  })

  test('every schema has its fields described', () => {
    const text = readFileSync(file('docs/cli-json.md'), 'utf8')
    for (const command of commands) expect(text).toContain(`\`${descriptionOf(command).schema}\``)
  })

  test.skipIf(spawnSync('man', ['--version']).error)('is a manual page that man formats without a warning', () => {
    const { status, stdout, stderr } = spawnSync('man', ['--warnings=all', '-l', '-'], { input: manualPage(program, '2026-11-27'), encoding: 'utf8', env: { ...process.env, MANWIDTH: '100', LC_ALL: 'C.UTF-8' } })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('--fail-on <row[:points]>')
  })

  test('has every command in the manual page too, escaped as roff wants it, with date and version', () => {
    const page = manualPage(program, '2026-11-27')
    expect(page).toContain(`.TH WORLDSWITCH 1 "2026-11-27" "worldswitch ${productVersion}"`)
    for (const command of commands) expect(page).toContain(`\n.SS ${command.name()}\n`)
    expect(page).toContain('\n.B \\-\\-send\\-size <bytes>\n')
    expect(page).not.toMatch(/^'/m)
  })

  test('says the version that the package has', () => {
    const { version } = JSON.parse(readFileSync(file('package.json'), 'utf8')) as { version: string }
    expect(productVersion).toBe(version)
  })
})

/** Parses as the program does, and does nothing. */
function parsed(argumentsGiven: string[]): void {
  const fresh = commandLine(new Terminal())
  for (const command of fresh.commands as Command[]) command.action(() => undefined)
  fresh.parse(argumentsGiven, { from: 'user' })
}
