// `npm run bench`: figures of the real window on this machine, as a table in docs/bench/.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { root } from './setup/files.mjs'

const figuresFile = join(root, '.cache', 'bench-figures.jsonl')
mkdirSync(join(root, '.cache'), { recursive: true })
rmSync(figuresFile, { force: true })
writeFileSync(figuresFile, '')
const status = spawnSync(join(root, 'node_modules', '.bin', 'playwright'), ['test', '-c', 'test/bench/playwright.config.ts', ...process.argv.slice(2)], {
  cwd: root, stdio: 'inherit', env: { ...process.env, WORLDSWITCH_BENCH_FIGURES: figuresFile },
}).status ?? 1

const figures = readFileSync(figuresFile, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line))
const machine = {
  date: new Date().toISOString().slice(0, 10), cores: cpus().length, cpu: cpus()[0].model.trim(), node: process.version,
  revision: spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).stdout.toString().trim(),
}
const subjects = [...new Set(figures.map(({ subject }) => subject))]
const text = [
  '# The window, measured', '',
  `${machine.date}, revision ${machine.revision}, ${machine.cores} x ${machine.cpu}, Xvfb without a GPU. Made by \`npm run bench\`.`,
  ...subjects.flatMap((subject) => [
    '', `## ${subject}`, '', '| what | found | bound |', '|---|---|---|',
    ...figures.filter((one) => one.subject === subject).map(({ what, found, bound }) => `| ${what} | ${found} | ${bound} |`),
  ]), '',
].join('\n')
mkdirSync(join(root, 'docs', 'bench'), { recursive: true })
writeFileSync(join(root, 'docs', 'bench', 'window.md'), text)
writeFileSync(join(root, 'docs', 'bench', 'window.json'), `${JSON.stringify({ machine, figures }, null, 2)}\n`)
process.stdout.write(`\n${text}\nWrote docs/bench/window.md and window.json\n`)
process.exitCode = status
