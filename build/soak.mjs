// `npm run soak [-- --no-commit]`: the long figures, and a dated report of them in docs/soak/, committed.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { root } from './setup/files.mjs'

const figuresFile = join(root, '.cache', 'soak-figures.jsonl')
rmSync(figuresFile, { force: true })
const run = (command, args, env = {}) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1

const startedAt = Date.now()
const failed = run(process.execPath, [join(root, 'build', 'setup.mjs'), '--for', 'packages']) !== 0 ||
  run(join(root, 'node_modules', '.bin', 'vitest'), ['run', '--config', 'test/soak/vitest.config.ts'], { WORLDSWITCH_SOAK_FIGURES: figuresFile }) !== 0

const figures = readFileSync(figuresFile, 'utf8').trim().split('\n').map((line) => JSON.parse(line))
const date = new Date().toISOString().slice(0, 10)
const revision = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).stdout.toString().trim()
const subjects = [...new Set(figures.map(({ subject }) => subject))].sort()
const text = [
  `# Soak of ${date}`, '',
  `${failed ? 'A bound was missed, or a test failed: see the run.' : 'Every bound was kept.'} Revision ${revision}, Node ${process.version}, ` +
    `${cpus().length} x ${cpus()[0].model.trim()}, ${Math.round((Date.now() - startedAt) / 60000)} minutes.`,
  ...subjects.flatMap((subject) => [
    '', `## ${subject}`, '', '| what | found | bound |', '|---|---|---|',
    ...figures.filter((f) => f.subject === subject).map(({ what, value, bound }) => `| ${what} | ${value} | ${bound} |`),
  ]), '',
].join('\n')
const report = join('docs', 'soak', `${date}.md`)
mkdirSync(join(root, 'docs', 'soak'), { recursive: true })
writeFileSync(join(root, report), text)
process.stdout.write(`\n${text}\nWrote ${report}\n`)
if (!process.argv.includes('--no-commit')) {
  run('git', ['add', report])
  run('git', ['commit', '-q', '-m', `Soak of ${date}: ${failed ? 'a bound was missed' : 'every bound kept'}`, '--', report])
}
process.exitCode = failed ? 1 : 0
