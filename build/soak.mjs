// `npm run soak [-- --no-commit] [-- --on] [-- NAME...]`: the long figures, and a dated report of them in docs/soak/, committed.
// NAMEs are parts of the names of test files (`kills`, `fuzz`, `statistics`): only those then. --on adds to what was measured
// by the run before, for a soak in parts. The report lists the parts, with what was made shorter.
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { root } from './setup/files.mjs'

const figuresFile = join(root, '.cache', 'soak-figures.jsonl')
const run = (command, args, env = {}) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1
const bin = (name) => join(root, 'node_modules', '.bin', name)
const git = (...args) => spawnSync('git', args, { cwd: root }).stdout.toString().trim()

const startedAt = Date.now()
const seed = startedAt % 2 ** 31

/** Everything without a window, then the whole app: memory and moments are measured with nothing beside it. */
const parts = [
  { name: 'without a window', command: 'vitest', args: ['run', '--config', 'test/soak/vitest.config.ts', '--passWithNoTests'] },
  // all of them or none: they have no names of their own among the soak's
  { name: `properties by seed ${seed}`, whole: 'property', command: 'vitest', args: ['run', '--config', 'test/vitest.config.ts', 'test/property'] },
  { name: 'the whole app', command: 'playwright', args: ['test', '-c', 'test/soak/window/playwright.config.ts', '--pass-with-no-tests'] },
]

/** What shortens a part, for a machine or a day that has less time; the report names it. */
const shorter = ['WORLDSWITCH_FUZZ_CASES', 'WORLDSWITCH_WALK_MINUTES', 'WORLDSWITCH_APP_KILLS'].filter((name) => process.env[name] !== undefined)

const options = process.argv.slice(2)
const names = options.filter((option) => !option.startsWith('--'))
if (!options.includes('--on')) rmSync(figuresFile, { force: true })
mkdirSync(join(root, '.cache'), { recursive: true })
const setUp = run(process.execPath, [join(root, 'build', 'setup.mjs'), '--for', 'test']) === 0
// one that fails keeps none from being run
const env = { WORLDSWITCH_SOAK_FIGURES: figuresFile, WORLDSWITCH_SEED: String(seed) }
const wanted = parts.filter(({ whole }) => whole === undefined || names.length === 0 || names.includes(whole))
const failed = setUp ? wanted.filter(({ command, args, whole }) => run(bin(command), whole ? args : [...args, ...names], env) !== 0).map(({ name }) => name) : ['the set-up']

const part = {
  names: names.join(', ') || 'all', minutes: Math.round((Date.now() - startedAt) / 60000), revision: git('rev-parse', '--short', 'HEAD'), failed,
  shorter: shorter.map((name) => `${name}=${process.env[name]}`).join(', '),
}
appendFileSync(figuresFile, `${JSON.stringify({ part })}\n`)
const lines = readFileSync(figuresFile, 'utf8').trim().split('\n').map((line) => JSON.parse(line))
const figures = lines.filter((line) => line.part === undefined)
const done = lines.flatMap((line) => line.part ?? [])
const missed = [...new Set(done.flatMap((one) => one.failed))]
const date = new Date().toISOString().slice(0, 10)
const subjects = [...new Set(figures.map(({ subject }) => subject))].sort()
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const text = [
  `# Soak of ${date}`, '',
  `${missed.length > 0 ? `A bound was missed, or a test failed, in ${missed.join(' and ')}: see the run.` : 'Every bound was kept.'} ` +
    `Node ${process.version}, ${cpus().length} x ${cpus()[0].model.trim()}.`, '',
  '| part | minutes | revision | other than by default |', '|---|---|---|---|',
  ...done.map((one) => `| ${one.names} | ${one.minutes} | ${one.revision} | ${one.shorter || '-'} |`),
  ...subjects.flatMap((subject) => [
    '', `## ${subject}`, '', '| what | found | bound |', '|---|---|---|',
    ...figures.filter((f) => f.subject === subject).map(({ what, value, bound }) => `| ${cell(what)} | ${cell(value)} | ${cell(bound)} |`),
  ]), '',
].join('\n')
const report = join('docs', 'soak', `${date}.md`)
mkdirSync(join(root, 'docs', 'soak'), { recursive: true })
writeFileSync(join(root, report), text)
process.stdout.write(`\n${text}\nWrote ${report}\n`)
if (!options.includes('--no-commit')) {
  run('git', ['add', report])
  run('git', ['commit', '-q', '-m', `Soak of ${date}: ${missed.length > 0 ? 'a bound was missed' : 'every bound kept'}`, '--', report])
}
process.exitCode = failed.length > 0 ? 1 : 0
