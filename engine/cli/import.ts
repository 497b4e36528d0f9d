import type { Command } from 'commander'
import { countPorts } from '../experiments/method/ports'
import { importProfile } from '../formats/open-profile'
import type { LoadReport } from '../formats/load-report'
import { defaultScenario, scenarioName } from '../machine/scenario'
import type { Profile } from '../profile/columns'
import { PlainErrorException } from '../plain-error'
import { callTree, functionTable } from '../profile/tree'
import { cardSentences, portTable } from '../report/port-text'
import { kindOfFile, sessionExtension } from '../session/kind'
import { wilson } from '../statistics/share'
import { worldNames } from '../worlds'
import { columns, figure, grouped, interval } from './columns'
import { readProfile, withRunPerf, type RunPerf } from './perf-data'
import type { Terminal } from './terminal'

const functionsShown = 20

export function addImport(program: Command, terminal: Terminal): void {
  withRunPerf(program.command('import'))
    .description('read a profile of any known format and show what was understood and where its time went')
    .argument('<file>')
    .action(async (file: string, options: RunPerf) => {
      const { name, bytes } = await readProfile(file, options)
      if (bytes.length > 0 && kindOfFile(file, bytes) === 'session') throw noProfile(file)
      const { profile, report } = importProfile(name, bytes)
      const lines = [file, ...loadReportText(report), ...cardsText(report), '', ...worldsText(profile, report), '', ...functionsText(profile), '']
      terminal.write(lines.map(harmless).join('\n'))
    })
}

function noProfile(file: string): PlainErrorException {
  const named = file.toLowerCase().endsWith(sessionExtension)
  return new PlainErrorException({
    what: named ? 'This is a session, not a profile.' : 'This is a zip archive and no profile.', where: file,
    todo: 'The window opens sessions (npm start -- FILE); each run\'s profile is a pprof file inside the zip.',
  })
}

/** Names come from strangers' files: none of them may speak to the terminal. */
function harmless(line: string): string {
  return line.replace(/\p{Cc}/gu, '?')
}

function loadReportText(report: LoadReport): string[] {
  const lines = [
    `${report.format}: ${report.reason}`,
    `${grouped(report.samplesKept)} samples, ${grouped(report.samplesWithoutFrames)} of them without frames; ` +
      `${grouped(report.bytes)} bytes, ${grouped(report.lines)} lines, ${grouped(report.notUnderstood)} not understood`,
    ...report.samplesDropped.map(({ reason, count }) => `left out: ${grouped(count)} ${reason}`),
    ...report.firstNotUnderstood.map(({ line, text }) => `line ${line}: ${text}`),
    ...report.notes,
    ...(report.pace ? [`${report.pace.thread && `${report.pace.thread}: `}${report.pace.words}`] : []),
  ]
  const { stampsOutOfOrder } = report
  if (stampsOutOfOrder > 0) lines.push(`${grouped(stampsOutOfOrder)} time stamps are earlier than the one before`)
  return lines
}

/** Enough packets that the start of the connection does not count. */
const bytesBeside = 2_000_000

/** What a QEMU log says of cards; of a pcnet beside the simulated driver, in version 2.0, which sends each packet at once. */
function cardsText(report: LoadReport): string[] {
  const lines = cardSentences(report)
  if (!report.pcnet || report.pcnet.frames < 2) return lines
  const scenario = { ...defaultScenario, optimizations: [], bytes: bytesBeside }
  const work = countPorts({ scenario })
  let step = work.next()
  while (!step.done) step = work.next()
  const table = portTable(report.pcnet, step.value)
  return [...lines, '', `Beside the simulated driver (${scenarioName(scenario)}, Linux 2.2.17):`, ...columns(table, [0, 1, 4])]
}

/** Shares carry an interval where the weight is a count of samples. */
function share(profile: Profile, part: number, all: number): [percent: string, ci95: string] {
  const { kind, unit } = profile.weightTypes[profile.defaultWeight]!
  const bounds = kind === 'sampled' && unit === 'count' ? wilson(part, all) : null
  return [figure(all > 0 ? (100 * part) / all : null, 1), interval(bounds && [100 * bounds[0], 100 * bounds[1]], 1)]
}

/** Intervals allow for dependent samples where the reader could see them one by one. */
function worldsText(profile: Profile, report: LoadReport): string[] {
  const tree = callTree(profile, { weight: profile.defaultWeight, scope: 'total' })
  const all = tree.total[0]!
  const byWorld = worldNames.map(() => 0)
  tree.self.forEach((self, node) => byWorld[tree.world[node]!]! += self)
  const rows = worldNames.map((name, world) => ({ name, world, weight: byWorld[world]! })).filter(({ weight }) => weight > 0)
    .sort((x, y) => y.weight - x.weight)
    .map(({ name, world, weight }) => {
      const seen = report.worlds?.find((one) => one.world === world)
      const [percent, naive] = share(profile, weight, all)
      return [name, grouped(weight), percent, seen ? interval([100 * seen.lo, 100 * seen.hi], 1) : naive, seen ? grouped(Math.round(seen.effectiveSamples)) : '-']
    })
  const weight = profile.weightTypes[profile.defaultWeight]!.name
  return columns([['World', weight, '% of all', '95 % interval', 'counts as'], ...rows])
}

function functionsText(profile: Profile): string[] {
  const tree = callTree(profile, { weight: profile.defaultWeight, scope: 'total' })
  const all = tree.total[0]!
  const table = functionTable(tree)
  const rows = Array.from(table.frame.subarray(0, functionsShown), (frame, i) => [
    profile.frames.name[frame]!.slice(0, 60), ...share(profile, table.self[i]!, all),
    share(profile, table.total[i]!, all)[0], profile.frames.module[frame]!,
  ])
  return columns([['Function', 'self %', '95 % interval', 'with callees %', 'module'], ...rows], [0, 4])
}
