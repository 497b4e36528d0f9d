// `npm test [-- STEP...]`: sets up what it needs, runs every step even after a failure, and closes with one line of sums.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lastLines, playwrightFailures, vitestFailures } from './checks/failures.mjs'
import { readJson, root } from './setup/files.mjs'
import { reportFault, say, seconds } from './setup/plain.mjs'
import { has } from './setup/run.mjs'

const REPORTS = join(root, '.cache', 'reports')
const bin = (name) => join(root, 'node_modules', '.bin', name)

/** A program whose output is shown as it comes: progress is for people who wait. */
const inFront = (command, args, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`)
      resolve({ code: 127, said: error.message })
    })
    child.on('close', (code) => resolve({ code: code ?? 1, said: '' }))
  })

/** The same beside another one: it yields the processor, and what it says comes in one piece when it has ended. */
const beside = (command, args, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
    const said = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk))
    child.on('spawn', () => setPriority(child.pid, 10))
    child.on('error', (error) => said.push(Buffer.from(`${error.message}\n`)))
    child.on('close', (code) => {
      process.stdout.write(Buffer.concat(said))
      resolve({ code: code ?? 1, said: Buffer.concat(said).toString() })
    })
  })

/** A check without tests of its own counts as one. */
const single = (code) => (code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 })

const check = ({ code, said }) => ({ ...single(code), told: code === 0 ? [] : [lastLines(said)] })

/** A report that is missing or empty is a failure, whatever the exit code says. */
export const vitestSums = (report, code) => {
  if (!report) return single(code || 1)
  const failed = report.numFailedTests
  const skipped = report.numPendingTests + (report.numTodoTests ?? 0)
  // A file that fails to load has no failed test, only a failing exit code.
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed, skipped }
}

export const playwrightSums = (report, code) => {
  if (!report?.stats) return single(code || 1)
  const { expected, unexpected, flaky, skipped } = report.stats
  const failed = unexpected + flaky
  return { passed: expected, failed: failed === 0 && code !== 0 ? 1 : failed, skipped }
}

const vitest = (name, config, env) => async (show) => {
  const file = join(REPORTS, `${name}.json`)
  rmSync(file, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code } = await show(bin('vitest'), ['run', '--config', config, ...reporters], env)
  const report = readJson(file)
  return { ...vitestSums(report, code), told: vitestFailures(report) }
}

const ensureXvfb = async () => {
  if (has('Xvfb')) return
  const { ensureDebianPackages } = await import('./setup/libraries.mjs')
  await ensureDebianPackages(['xvfb', 'xauth'], 'The window tests need Xvfb, a display without a screen.')
}

const windowTests = async (show) => {
  await ensureXvfb()
  const file = join(REPORTS, 'e2e.json')
  rmSync(file, { force: true })
  const { code } = await show(bin('playwright'), ['test', '-c', 'test/e2e/playwright.config.ts'], { WORLDSWITCH_E2E_REPORT: file })
  const report = readJson(file)
  return { ...playwrightSums(report, code), told: playwrightFailures(report) }
}

const systemTests = async (show) => {
  if (process.env.WORLDSWITCH_SYSTEM_TESTS === '1') await ensureXvfb()
  else say('Not run: they install packages and start from a fresh clone. WORLDSWITCH_SYSTEM_TESTS=1 runs them.')
  return vitest('system', 'test/system/vitest.config.ts')(show)
}

const olderTypes = async (show) => {
  const { olderTypingsConfig } = await import('./checks/typings.mjs')
  return check(await show(bin('tsc'), ['--noEmit', '-p', await olderTypingsConfig()]))
}

/** Whether the bench still runs, with small inputs: its figures are for quiet machines and nobody's to pass or fail. */
const benchRuns = async (show) => {
  await ensureXvfb()
  return check(await show(process.execPath, [join(root, 'build', 'bench.mjs'), '--quick']))
}

const ROOMS = ['engine', 'electron', 'renderer', 'build', 'test']

export const STEPS = [
  { name: 'types', run: async (show) => check(await show(bin('tsc'), ['--noEmit', '-p', '.'])) },
  { name: 'types-33', run: olderTypes },
  { name: 'lint', run: async (show) => check(await show(bin('eslint'), ['-c', 'build/checks/eslint.config.mjs', ...ROOMS])) },
  {
    name: 'walls',
    run: async (show) => check(await show(bin('depcruise'), ['--config', 'build/checks/walls.cjs', '--output-type', 'err', ...ROOMS])),
  },
  { name: 'unit', run: vitest('unit', 'test/vitest.config.ts') },
  { name: 'bench', run: benchRuns },
  { name: 'e2e', run: windowTests },
  { name: 'system', run: systemTests },
]

export const chooseSteps = (names, steps = STEPS) => {
  const unknown = names.filter((name) => !steps.some((entry) => entry.name === name))
  if (unknown.length > 0) return { unknown, chosen: [] }
  return { unknown, chosen: names.length === 0 ? steps : steps.filter((entry) => names.includes(entry.name)) }
}

export const closingLine = (sums) => {
  const total = (key) => sums.reduce((sum, entry) => sum + entry[key], 0)
  const skipped = total('skipped')
  return `${total('passed')} passed, ${total('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

const setUp = () => {
  const { status } = spawnSync(process.execPath, [join(root, 'build', 'setup.mjs'), '--for', 'test'], { stdio: 'inherit' })
  return status === 0
}

const runStep = async ({ name, run }, show = inFront) => {
  const began = performance.now()
  say(`\n== ${name}${show === beside ? ', beside the window tests' : ''}`)
  let sums
  try {
    sums = await run(show)
  } catch (error) {
    reportFault(error)
    sums = single(1)
  }
  const skipped = sums.skipped > 0 ? `, ${sums.skipped} not run` : ''
  const took = seconds(performance.now() - began)
  say(`== ${name}: ${sums.passed} passed, ${sums.failed} failed${skipped} (${took})`)
  return { name, took, told: [], ...sums }
}

const inTurn = async (steps, show) => {
  const results = []
  for (const entry of steps) results.push(await runStep(entry, show))
  return results
}

/**
 * A window test waits more than it works: what comes before those tests runs beside them. What comes after measures how
 * soon a window opens, and runs alone.
 */
const runAll = async (steps) => {
  const at = steps.findIndex(({ name }) => name === 'e2e')
  if (at <= 0) return inTurn(steps, inFront)
  const [quick, slow] = [steps.slice(0, at), steps[at]]
  const [before, window] = await Promise.all([inTurn(quick, beside), runStep(slow, inFront)])
  return [...before, window, ...await inTurn(steps.slice(at + 1), inFront)]
}

const main = async (names) => {
  const { unknown, chosen } = chooseSteps(names)
  if (unknown.length > 0) {
    process.stderr.write(`Unknown step ${unknown.join(', ')}; there are: ${STEPS.map((entry) => entry.name).join(', ')}\n`)
    return 2
  }
  const began = performance.now()
  if (!setUp()) {
    say(`\n${closingLine([single(1)])}`)
    return 1
  }
  mkdirSync(REPORTS, { recursive: true })
  const results = await runAll(chosen)
  // once more, after all else: of a long output often only the end is kept
  for (const { name, told } of results) for (const failure of told) say(`\nFailed in ${name}: ${failure}`)
  say('\nStep       passed  failed  not run    time')
  for (const { name, passed, failed, skipped, took } of results) {
    say(`${name.padEnd(9)}${String(passed).padStart(8)}${String(failed).padStart(8)}${String(skipped).padStart(9)}${took.padStart(10)}`)
  }
  say(`All steps: ${seconds(performance.now() - began)}\n`)
  say(closingLine(results))
  return results.some((entry) => entry.failed > 0) ? 1 : 0
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main(process.argv.slice(2))
}
