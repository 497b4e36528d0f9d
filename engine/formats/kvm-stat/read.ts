import { PlainErrorException } from '../../plain-error'
import type { Profile, WeightType } from '../../profile/columns'
import { World } from '../../worlds'
import { LineCutter } from '../lines'
import { countNotUnderstood, emptyLoadReport, type LoadReport } from '../load-report'
import { Rows } from '../rows'

/** Title of a table: what kind of event its rows are, and that it goes on to the average. */
const tableHead = /^\s*(\S.*?)\s+Samples\s+Samples%\s+Time%\s+(?:Min Time\s+Max Time\s+)?Avg time\s*$/
const of = /^Analyze events for (.+?),? (all VCPUs|VCPU \d+):?\s*$/
/** From the right, since reasons hold blanks and parentheses. Without Min and Max: perf before Linux 3.16. */
const row = /^\s*(.+?)\s+(\d+)\s+([\d.]+)%\s+([\d.]+)%\s+(?:([\d.]+)us\s+([\d.]+)us\s+)?([\d.]+)us\s+\(\s*\+-\s*([\d.]+|-?nan)%\s*\)\s*$/
const total = /^Total Samples:\s*(\d+), Total events handled time:\s*([\d.]+)us/
const lost = /^Lost events:\s*(\d+)/

/** Longer lines are none of this report's, and expressions over them would take their time. */
const longest = 1000

const columns: WeightType[] = [
  { name: 'exits', unit: 'count', kind: 'true' }, { name: 'handling time', unit: 'nanoseconds', kind: 'true' },
]

/** Why the beginning of a text is taken for `perf kvm stat report` output, or null when it is not. */
export function kvmStatReason(beginning: string): string | null {
  if (/^Analyze events for /m.test(beginning)) return 'it says "Analyze events for", as perf kvm stat report does'
  return beginning.split('\n', 200).some((line) => line.length < longest && tableHead.test(line)) ? 'it has the columns of perf kvm stat report' : null
}

/** What is under halting is the guest's own waiting: apart from the others, as Table 2 keeps its idle row apart. */
const halts = /^(?:HLT|INTR_HLT|hlt|MWAIT|S390_WAIT|WFx|WFI|Stop)/

/**
 * Reads `perf kvm stat report --stdio` text (print_result in Linux's tools/perf/builtin-kvm.c): how often the guest left
 * for each reason and how long the host handled it. Times run from exit to entry, so a halt's time is the guest's idling.
 */
export function readKvmStat(fileName: string, bytes: Uint8Array, reason: string): { profile: Profile; report: LoadReport } {
  const report = emptyLoadReport('kvm-stat', reason)
  report.bytes = bytes.length
  const rows = new Rows(columns)
  const decoder = new TextDecoder()
  let [title, vm] = ['VM-EXIT', 'all VCPUs']
  const cutter = new LineCutter((chunk, start, end) => {
    const line = decoder.decode(chunk.subarray(start, end))
    if (line.trim() === '') return
    if (line.length > longest) return countNotUnderstood(report, cutter.lines, line)
    const head = tableHead.exec(line)
    const whose = of.exec(line)
    if (head) title = head[1]!
    else if (whose) vm = `${whose[1]}, ${whose[2]}`
    else if (!addRow(rows, report, line, title, vm)) countNotUnderstood(report, cutter.lines, line)
  })
  cutter.push(bytes)
  cutter.end()
  report.lines = cutter.lines
  report.samplesKept = rows.length
  report.eventTypes = columns.map(({ name }) => ({ name, count: rows.length }))
  report.notes.push(...cutter.remarks)
  report.notes.push('shares are of the time of handling exits, not of wall time; halts are the guest\'s own waiting and stand apart as idle')
  if (rows.length === 0) throw new PlainErrorException({ what: 'The perf kvm stat report has no rows.', where: fileName })
  return { profile: rows.profile(fileName, 1), report }
}

function addRow(rows: Rows, report: LoadReport, line: string, title: string, vm: string): boolean {
  const found = row.exec(line)
  if (found) {
    const [, name, count, , , , , average, error] = found
    const outer = rows.builder.stackId(-1, rows.builder.frameId(title, ''), World.Vmm)
    const world = halts.test(name!) ? World.GuestIdle : World.Vmm
    const stack = rows.builder.stackId(outer, rows.builder.frameId(name!, ''), world)
    rows.add(stack, [Number(count), Number(count) * Number(average) * 1000], rows.thread(vm), null)
    if (error !== undefined && Number(error) > 10) report.notes.push(`the average of ${name} is known to ±${error} % only (perf's standard error)`)
    return true
  }
  const sum = total.exec(line)
  if (sum) {
    report.notes.push(`perf's own total: ${sum[1]} exits, ${sum[2]} us`)
    return true
  }
  const missed = lost.exec(line)
  if (missed) report.samplesDropped.push({ reason: 'events that perf lost', count: Number(missed[1]) })
  return missed !== null
}
