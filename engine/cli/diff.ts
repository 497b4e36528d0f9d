import { Option, type Command } from 'commander'
import { PlainErrorException } from '../plain-error'
import { pairOf } from '../report/comparison'
import type { SessionRun } from '../session/document'
import { addExamples, addJson } from './describe'
import { diffOf, weightOf, type DiffSide } from './diff-figures'
import { limitOf, regressionsOf, type Limit } from './diff-limits'
import { diffJson, diffText } from './diff-text'
import { exitStatus } from './exit-status'
import { wholeNumber } from './scenario-options'
import { classifiedRun, readRules, rulesHelp } from './rules'
import { ownRules, readSource, runOf, sayDamage, type Source } from './sources'
import { onePipe } from './streams'
import { harmless, type Terminal } from './terminal'

interface DiffCommandOptions {
  run?: string
  runA?: string
  runB?: string
  weight?: string
  rules?: string
  of: 'self' | 'total'
  functions: number
  failOn: Limit[]
  failOnLess: Limit[]
  json?: true
}

const collected = (way: Limit['way']) => (text: string, before: Limit[]) => [...before, limitOf(text, way)]

export function addDiff(program: Command, terminal: Terminal): void {
  const command = program.command('diff')
    .description('compare two runs or profiles (B minus A) by rows of Table 2, worlds and functions, with intervals; exit status 1 when a named one regressed beyond evidence')
    .argument('<a>', 'what was: a session or a profile of any format that is read; - for standard input')
    .argument('[b]', 'what came of it; left out, the two runs that the session compares')
    .option('--run <name>', 'which run of a session, on both sides (name or id)')
    .option('--run-a <name>', 'which run of A')
    .option('--run-b <name>', 'which run of B')
    .option('--rules <rules>', rulesHelp)
    .option('--weight <name>', 'what worlds and functions are weighed by (default: samples, where both count them)')
    .addOption(new Option('--of <time>', 'functions by their own time, or with all that they call').choices(['self', 'total']).default('self'))
    .option('--functions <number>', 'how many functions are printed, those that differ most first', wholeNumber, 20)
    .option('--fail-on <row[:points]>', 'exit status 1 when there is evidence that the row grew by more than so many points; a row\'s id, world:ID or function:NAME; may be repeated', collected('more'), [])
    .option('--fail-on-less <row[:points]>', 'the same for a row that shrank', collected('less'), [])
  addJson(command, 'worldswitch.diff/1')
  addExamples(command,
    ['diff before.txt after.txt', 'two perf script recordings'],
    ['diff demo.wsprof', 'the two runs that the session compares'],
    ['diff base.wsprof new.wsprof --fail-on vmnet-transmit:0.5 --fail-on-less guest-idle', 'for CI: 0 unless VMNet transmit grew by more than half a point, or idle time shrank'],
    ['perf script | worldswitch diff base.pb.gz - --fail-on function:memcpy:1', 'a recording as it is made, against a base'])
  command.action(async (a: string, b: string | undefined, options: DiffCommandOptions) => {
    onePipe('input', a, b, options.rules)
    const rules = options.rules === undefined ? null : await readRules(options.rules)
    const [before, after] = b === undefined ? await sidesOfSession(a, options, rules, terminal) : await sidesOfFiles(a, b, options, rules, terminal)
    const { weight, labels } = weightOf(before.run.profile, after.run.profile, options.weight)
    if (!weight) throw new PlainErrorException({ what: `The two do not both have a weight "${options.weight}".`, todo: `There is ${labels.join(', ')}.` })
    const diff = diffOf(before, after, { of: options.of, weight })
    const regressions = regressionsOf(diff, [...options.failOn, ...options.failOnLess])
    if (regressions.length > 0) terminal.status = exitStatus.found
    if (options.json) terminal.json(diffJson(before, after, diff, regressions))
    else terminal.write(diffText(before, after, diff, regressions, options.functions).map(harmless).join('\n'))
  })
}

type Sides = [DiffSide, DiffSide]

/** A recorded run gets its Table 2 here, by the rules that were named or by its own. */
function sideOf(source: Source, run: SessionRun, rules: Rules): DiffSide {
  if (run.kind === 'simulated') return { file: source.file, run, table: run.report.table }
  const classified = classifiedRun(run, rules, ownRules(source))
  return { file: source.file, run: classified.run, table: classified.table.rows }
}

type Rules = Awaited<ReturnType<typeof readRules>> | null

async function sidesOfFiles(a: string, b: string, { run, runA = run, runB = run }: DiffCommandOptions, rules: Rules, terminal: Terminal): Promise<Sides> {
  // one after the other, so that two large files are never unpacked at the same time
  const before = await readSource(a, terminal)
  const sideA = sideOf(before, runOf(before, runA, terminal, '--run-a'), rules)
  const after = await readSource(b, terminal)
  return [sideA, sideOf(after, runOf(after, runB, terminal, '--run-b'), rules)]
}

async function sidesOfSession(path: string, { run, runA = run, runB = run }: DiffCommandOptions, rules: Rules, terminal: Terminal): Promise<Sides> {
  const source = await readSource(path, terminal)
  if (source.kind !== 'session') throw new PlainErrorException({ what: 'One profile is compared with nothing.', where: source.file, todo: 'Name a second file.' })
  const side = (one: SessionRun) => sideOf(source, one, rules)
  if (runA !== undefined && runB !== undefined) return [side(runOf(source, runA, terminal, '--run-a')), side(runOf(source, runB, terminal, '--run-b'))]
  sayDamage(source.decoded, terminal)
  const pair = pairOf(source.decoded.session)
  if (runA === undefined && runB === undefined && pair) return [side(pair[0]), side(pair[1])]
  throw new PlainErrorException({
    what: pair ? 'Of one session either none or both of --run-a and --run-b are named.' : 'The session has no two runs to compare.', where: source.file,
    ...(pair ? {} : { todo: 'Name a second file.' }),
  })
}
