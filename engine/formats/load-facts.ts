import { bytesText, secondsText, significant, whole } from '../figure-text'
import type { Profile } from '../profile/columns'
import { GAP_CLASSES } from '../statistics/pace'
import type { LoadReport, NotApplicable } from './load-report'

/** Formats that are no lines of text, and why. */
const lineless: Record<string, string> = {
  pprof: 'the file is binary', speedscope: 'the file is one JSON value', cpuprofile: 'the file is one JSON value',
  firefox: 'the file is one JSON value', 'chrome-trace': 'the file is one JSON value',
}
/** Formats of events and reasons, whose names are no symbols of a program. */
const nameless: ReadonlySet<string> = new Set(['kvm-stat', 'ftrace', 'qemu-trace'])

/** Fields of the report that mean nothing for this file, with the reason. */
export function notApplicable(profile: Profile, format: string, paced: boolean): NotApplicable {
  const { samples: { time }, weightTypes } = profile
  const timeless = 'the file has no times of samples'
  const isRecorded = weightTypes.every(({ kind }) => kind === 'true')
  return {
    ...(lineless[format] ? { lines: lineless[format] } : {}),
    ...(time ? {} : { stampsOutOfOrder: timeless }),
    ...(nameless.has(format) ? { unknownSymbols: 'it names events, not symbols of a program' } : {}),
    ...(paced ? {} : { pace: isRecorded ? 'it holds everything that happened, and no samples of it' : timeless }),
  }
}

/** What a row of a profile is, where it is no sample. */
const rowNames: Record<string, string> = {
  folded: 'stacks', callgrind: 'stacks', 'kvm-stat': 'reasons', 'chrome-trace': 'spans', ftrace: 'spans', 'qemu-trace': 'events',
}

/** "samples", or what else the rows of such a file are. */
export function nameOfRows(format: string): string {
  return rowNames[format] ?? 'samples'
}

/** A field of the load report: what it is called and what it says, in words for people. */
export type LoadFact = readonly [label: string, text: string]

const notHere = 'does not apply: '

/** The fields that say something, for where there is little room; the others are in `unappliedWords`. */
export function appliedFacts(report: LoadReport): LoadFact[] {
  return loadFacts(report).filter(([, text]) => !text.startsWith(notHere))
}

/** Fields that mean nothing for the file, a line a reason: "interval found, gaps: the file has no times of samples". */
export function unappliedWords(report: LoadReport): string[] {
  const labels = new Map<string, string[]>()
  for (const [label, text] of loadFacts(report)) {
    if (!text.startsWith(notHere)) continue
    const why = text.slice(notHere.length)
    labels.set(why, [...labels.get(why) ?? [], label])
  }
  return [...labels].map(([why, fields]) => `${fields.join(', ')}: ${why}`)
}

/** Every field of the load report in reading order, for the inspector, the report and the terminal. */
export function loadFacts(report: LoadReport): LoadFact[] {
  const not = report.notApplicable ?? {}
  const or = (why: string | undefined, text: string) => (why === undefined ? text : notHere + why)
  const isText = not.lines === undefined
  return [
    ['size', bytesText(report.bytes)],
    ['lines read', or(not.lines, whole(report.lines))],
    [isText ? 'lines not understood' : 'places not understood', whole(report.notUnderstood)],
    [`${nameOfRows(report.format)} kept`, whole(report.samplesKept)],
    ...report.samplesDropped.map(({ reason, count }): LoadFact => [`left out: ${reason}`, whole(count)]),
    ...(report.samplesDropped.length === 0 ? [['left out', 'nothing'] as const] : []),
    ['samples without frames', whole(report.samplesWithoutFrames)],
    ['stamps out of order', or(not.stampsOutOfOrder, whole(report.stampsOutOfOrder))],
    ['unknown symbols', or(not.unknownSymbols, whole(report.unknownSymbols))],
    ...paceFacts(report),
    ...report.eventTypes.map(({ name, count }): LoadFact => [`event ${name}`, whole(count)]),
    ...branchFacts(report),
  ]
}

function paceFacts({ pace, notApplicable: not, askedPerSecond }: LoadReport): LoadFact[] {
  const asked = pace?.askedPerSecond ?? askedPerSecond
  const askedText = asked ? rateText(asked) : 'the file does not say'
  if (!pace) {
    const why = notHere + (not?.pace ?? 'the file has no times of samples')
    return [['interval asked for', asked ? askedText : why], ['interval found', why], ['gaps', why]]
  }
  const found = pace.foundPerSecond === undefined ? 'not known' : rateText(pace.foundPerSecond)
  return [
    ['interval asked for', askedText], ['interval found', found], ['gaps', pace.gaps ? gapText(pace.gaps) : 'not known'],
  ]
}

const rateText = (perSecond: number) => `${secondsText(1 / perSecond)} (${significant(perSecond)} a second)`

/** Periods from which on an interval is a gap. */
const longest = 2

function gapText(gaps: readonly number[]): string {
  const count = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0)
  const long = count(gaps.filter((_, i) => GAP_CLASSES[i]! >= longest))
  return `${whole(long)} of ${whole(count(gaps))} intervals have ${longest} periods or more`
}

function branchFacts({ branches }: LoadReport): LoadFact[] {
  if (!branches) return []
  const { samples, branches: count, predicted, mispredicted, cycles } = branches
  const told = predicted + mispredicted
  return [
    ['branches', `${whole(count)} in ${whole(samples)} samples`],
    ['branches mispredicted', told > 0 ? `${whole(mispredicted)} of ${whole(told)}` : 'the processor does not say'],
    ...(cycles > 0 ? [['cycles between branches', `${significant(cycles / count)} each`] as const] : []),
  ]
}
