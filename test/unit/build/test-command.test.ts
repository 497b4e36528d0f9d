import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lastLines, playwrightFailures, vitestFailures } from '../../../build/checks/failures.mjs'
import { chooseSteps, closingLine, playwrightSums, vitestSums } from '../../../build/test.mjs'
import { root } from '../../../build/setup/files.mjs'
import { put, temporaryFolder } from './temporary'

describe('the sums of npm test', () => {
  it('close with one plain line', () => {
    expect(closingLine([{ passed: 2, failed: 0, skipped: 0 }, { passed: 3, failed: 1, skipped: 0 }])).toBe('5 passed, 1 failed')
    expect(closingLine([{ passed: 1, failed: 0, skipped: 4 }])).toBe('1 passed, 0 failed, 4 skipped')
  })

  it('count a run without a report, or with a failing exit code, as failed', () => {
    expect(vitestSums(null, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
    expect(vitestSums({ numPassedTests: 5, numFailedTests: 0, numPendingTests: 2 }, 0)).toEqual({ passed: 5, failed: 0, skipped: 2 })
    expect(vitestSums({ numPassedTests: 5, numFailedTests: 0, numPendingTests: 0 }, 1)).toEqual({ passed: 5, failed: 1, skipped: 0 })
    expect(playwrightSums(null, 0).failed).toBe(1)
    expect(playwrightSums({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 } }, 1)).toEqual({ passed: 3, failed: 2, skipped: 0 })
  })

  it('take steps by name and refuse unknown ones', () => {
    expect(chooseSteps([]).chosen.map((step) => step.name)).toEqual(['types', 'types-33', 'lint', 'walls', 'unit', 'bench', 'e2e', 'system'])
    expect(chooseSteps(['unit', 'lint']).chosen.map((step) => step.name)).toEqual(['lint', 'unit'])
    expect(chooseSteps(['unti'])).toEqual({ unknown: ['unti'], chosen: [] })
  })

  it('are what continuous integration runs, with the system tests', () => {
    const script = readFileSync(join(root, '.ci', 'run'), 'utf8')
    expect(script).toMatch(/^export WORLDSWITCH_SYSTEM_TESTS=1$/m)
    expect(script.trim().split('\n').at(-1)).toBe('exec npm test')
    execFileSync('bash', ['-n', join(root, '.ci', 'run')])
  })
})

describe('what failed, at the end of npm test', () => {
  it('is said of unit tests by file, name and message, and of a file that could not be loaded', () => {
    const passed = { status: 'passed', fullName: 'good', failureMessages: [] }
    const failed = { status: 'failed', fullName: 'sums add up', failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[39m\n    at sums.test.ts:3'] }
    expect(vitestFailures({
      testResults: [
        { name: '/w/sums.test.ts', status: 'failed', message: '', assertionResults: [passed, failed] },
        { name: '/w/broken.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
        { name: '/w/good.test.ts', status: 'passed', message: '', assertionResults: [passed] },
      ],
    })).toEqual([
      '/w/sums.test.ts: sums add up\n    expected 1 to be 2\n        at sums.test.ts:3',
      '/w/broken.test.ts\n    Cannot find module',
    ])
    expect(vitestFailures(null)).toEqual([])
  })

  it('is said of window tests in every depth of suites, of those that passed at a second try, and of what failed outside them', () => {
    const spec = (title: string, status: string, ...messages: string[]) => ({
      file: 'run.spec.ts', line: 7, title, tests: [{ status, results: messages.map((message) => ({ errors: [{ message }] })) }],
    })
    expect(playwrightFailures({
      suites: [{ specs: [spec('good', 'expected')], suites: [{ specs: [spec('bad', 'unexpected', 'Timeout'), spec('sometimes', 'flaky', 'once', 'twice')] }] }],
      errors: [{ message: 'no display' }],
    })).toEqual([
      'run.spec.ts:7: bad\n    Timeout', 'run.spec.ts:7: sometimes\n    once\n    twice', '    no display',
    ])
    expect(playwrightFailures(null)).toEqual([])
  })

  it('is the last thirty lines of a program without a report, and the first thirty of a long message', () => {
    const many = Array.from({ length: 40 }, (_, i) => `line ${i}`).join('\n')
    expect(lastLines(many).split('\n')).toHaveLength(30)
    expect(lastLines(many)).toMatch(/^ {4}line 10\n[^]* {4}line 39$/)
    const [told] = vitestFailures({ testResults: [{ name: 'a', status: 'failed', message: many, assertionResults: [] }] })
    expect(told!.split('\n')).toHaveLength(32)
    expect(told).toMatch(/line 29\n {4}\(10 lines more\)$/)
  })
})

describe('the import walls', () => {
  const violations = (files: Record<string, string>) => {
    const folder = temporaryFolder()
    for (const [name, text] of Object.entries(files)) put(folder, name, text)
    for (const room of ['engine', 'electron', 'renderer', 'build', 'test']) put(folder, `${room}/empty.ts`, '')
    put(folder, 'tsconfig.json', readFileSync(join(root, 'tsconfig.json'), 'utf8'))
    const args = ['--config', join(root, 'build/checks/walls.cjs'), '--output-type', 'json', 'engine', 'electron', 'renderer', 'build', 'test']
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/depcruise'), args, { cwd: folder, encoding: 'utf8' })
    const report = JSON.parse(stdout) as { summary: { violations: { rule: { name: string }; from: string }[] } }
    return report.summary.violations.map(({ rule, from }) => `${rule.name} ${from}`).sort()
  }

  it('let the allowed arrows through', () => {
    expect(violations({
      'engine/units.ts': 'export const a = 1',
      'engine/cli/main.ts': "import { a } from '../units'\nimport 'node:fs'\nexport const b = a",
      'electron/main.ts': "import { a } from '../engine/units'\nexport const c = a",
      'renderer/views/one/view.ts': "import { d } from './part'\nimport { a } from '../../../engine/units'\nexport const e = [a, d]",
      'renderer/views/one/part.ts': 'export const d = 1',
    })).toEqual([])
  })

  it('stop each forbidden arrow, types included', () => {
    expect(violations({
      'electron/main.ts': "import type { T } from '../renderer/app'\nexport type U = T",
      'renderer/app.ts': 'export type T = 1',
      'renderer/other.ts': "import '../electron/main'",
      'renderer/disk.ts': "import 'node:fs'",
      'engine/reach.ts': "import '../renderer/app'",
      'engine/disk.ts': "import 'node:fs'",
      'engine/session/files.ts': "import 'node:fs'",
      'engine/machine/run.ts': "import type { S } from '../profilers/sampler'\nexport type R = S",
      'engine/profilers/sampler.ts': 'export type S = 1',
      'engine/cli/main.ts': 'export const m = 1',
      'engine/wrong.ts': "import './cli/main'",
      'renderer/views/one/view.ts': "import '../two/view'",
      'renderer/views/two/view.ts': 'export {}',
      'engine/a.ts': "import './b'",
      'engine/b.ts': "import './a'",
      'engine/lost.ts': "import './nowhere'",
    })).toEqual([
      'engine-is-pure engine/reach.ts',
      'engine-no-node engine/disk.ts',
      'machine-watched-not-watching engine/machine/run.ts',
      'main-not-renderer electron/main.ts',
      'no-circles engine/a.ts',
      'no-unresolvable engine/lost.ts',
      'nobody-imports-cli engine/wrong.ts',
      'renderer-no-node renderer/disk.ts',
      'renderer-not-main renderer/other.ts',
      'views-apart renderer/views/one/view.ts',
    ])
  })

  it('keep libraries in their rooms', () => {
    const library = (name: string) => ({
      [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
      [`node_modules/${name}/index.js`]: '',
    })
    expect(violations({
      ...library('echarts'),
      ...library('react'),
      ...library('electron'),
      'renderer/charts/flame.ts': "import 'echarts'",
      'renderer/views/one/view.ts': "import 'echarts'",
      'engine/draw.ts': "import 'react'",
      'engine/shell.ts': "import 'electron'",
      'electron/main.ts': "import 'electron'",
    })).toEqual([
      'echarts-in-charts renderer/views/one/view.ts',
      'engine-no-frameworks engine/draw.ts',
      'engine-no-frameworks engine/shell.ts',
    ])
  })
})
