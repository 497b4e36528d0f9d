// `npm run bench [-- PART...] [--quick]`: figures on this machine, a table a part in docs/bench/. With --quick each part
// only shows that it runs: fewer rounds, smaller inputs, and nothing is written.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { root } from './setup/files.mjs'
import { say } from './setup/plain.mjs'

const bin = (name) => join(root, 'node_modules', '.bin', name)
const bundles = join(root, '.cache', 'bench')

/** A TypeScript program of the bench, bundled and run by Node. */
const program = (entry) => (env) => {
  const out = join(bundles, `${entry.replace(/\W/g, '-')}.mjs`)
  const built = run(bin('esbuild'), [
    entry, '--bundle', '--platform=node', '--format=esm', '--log-level=error', `--outfile=${out}`,
    "--banner:js=import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  ])
  return built === 0 ? run(process.execPath, ['--expose-gc', out], env) : built
}

const run = (command, args, env = {}) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1

/** `<name>.bench.ts` with a real window. */
const inWindow = (name) => (env) => run(bin('playwright'), ['test', '-c', 'test/bench/playwright.config.ts', `/${name}.bench`], env)

/** Each part appends rows to the file that WORLDSWITCH_BENCH_FIGURES names: { subject, what, found, bound }. */
const PARTS = {
  engine: { title: 'The engine, measured', how: 'CPU time', run: program('test/bench/engine/run.ts') },
  readers: { title: 'The readers, measured', how: 'CPU time of the process that reads', run: program('test/bench/readers/run.ts') },
  window: {
    title: 'The window, measured', how: 'Xvfb without a GPU',
    run: inWindow('window'),
  },
  files: { title: 'Large files in the window, measured', how: 'Xvfb without a GPU', run: inWindow('files') },
  start: {
    title: 'The start, measured', how: 'Xvfb without a GPU',
    // An installed package where there is one: what people wait for is its start, not a checkout's. Not with --quick: that
    // tries this revision, and whatever an older package does must not decide about it.
    run: (env) => inWindow('start')({
      ...(!env.WORLDSWITCH_BENCH_QUICK && existsSync('/usr/bin/worldswitch') ? { WORLDSWITCH_APP: '/usr/bin/worldswitch' } : {}), ...env,
    }),
  },
}

const machine = () => ({
  date: new Date().toISOString().slice(0, 10), cores: cpus().length, cpu: cpus()[0].model.trim(),
  memoryGB: Math.round(totalmem() / 2 ** 30), node: process.version,
  revision: spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).stdout.toString().trim(),
})

const table = ({ title, how }, machineNow, figures) => [
  `# ${title}`, '',
  `${machineNow.date}, revision ${machineNow.revision}, ${machineNow.cores} x ${machineNow.cpu}, Node ${machineNow.node}, ${how}. ` +
    'Made by `npm run bench`.',
  ...[...new Set(figures.map(({ subject }) => subject))].flatMap((subject) => [
    '', `## ${subject}`, '', '| what | found | bound |', '|---|---|---|',
    ...figures.filter((one) => one.subject === subject).map(({ what, found, bound }) => `| ${what} | ${found} | ${bound} |`),
  ]), '',
].join('\n')

/** A profile shows why a bound was missed: it goes with the table's last row that says so. */
const removeUnlinked = (folder) => {
  const profiles = join(folder, 'profiles')
  if (!existsSync(profiles)) return
  const tables = readdirSync(folder).filter((file) => file.endsWith('.md')).map((file) => readFileSync(join(folder, file), 'utf8')).join()
  for (const file of readdirSync(profiles)) if (!tables.includes(`(profiles/${file})`)) rmSync(join(profiles, file))
}

const runPart = (name, quick) => {
  const part = PARTS[name]
  const figuresFile = join(root, '.cache', `bench-${name}.jsonl`)
  mkdirSync(bundles, { recursive: true })
  rmSync(figuresFile, { force: true })
  writeFileSync(figuresFile, '')
  const status = part.run({ WORLDSWITCH_BENCH_FIGURES: figuresFile, ...(quick ? { WORLDSWITCH_BENCH_QUICK: '1' } : {}) })
  const figures = readFileSync(figuresFile, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line))
  if (figures.length === 0) {
    process.stderr.write(`bench: ${name} measured nothing\n`)
    return status || 1
  }
  const now = machine()
  const text = table(part, now, figures)
  say(`\n${text}`)
  if (!quick) {
    mkdirSync(join(root, 'docs', 'bench'), { recursive: true })
    writeFileSync(join(root, 'docs', 'bench', `${name}.md`), text)
    writeFileSync(join(root, 'docs', 'bench', `${name}.json`), `${JSON.stringify({ machine: now, figures }, null, 2)}\n`)
    say(`Wrote docs/bench/${name}.md and ${name}.json`)
    removeUnlinked(join(root, 'docs', 'bench'))
  }
  return status
}

const quick = process.argv.includes('--quick')
const names = process.argv.slice(2).filter((name) => name !== '--quick')
const unknown = names.filter((name) => !Object.hasOwn(PARTS, name))
if (unknown.length > 0) {
  process.stderr.write(`Unknown part ${unknown.join(', ')}; there are: ${Object.keys(PARTS).join(', ')}\n`)
  process.exitCode = 2
} else {
  const results = (names.length > 0 ? names : Object.keys(PARTS)).map((name) => runPart(name, quick))
  process.exitCode = Math.max(...results)
}
