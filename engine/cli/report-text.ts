import type { RunReport, TableRow } from '../run-report'
import { instrumentsText } from './instruments-text'
import { columns, figure, grouped, interval, signed } from './columns'

/** One run for people: what was run, what came of it, Table 2 in both scopes, what was counted. */
export function reportText(report: RunReport, digest: string): string {
  const { scenario, books, simulatedSeconds } = report
  const { samplerHz } = scenario
  const sampler = samplerHz > 0 ? `${grouped(report.samples)} samples at ${samplerHz} Hz` : 'sampler off'
  const attributed = books.cycles === books.attributed ? 'every one' : grouped(books.attributed)
  const verb = scenario.direction === 'send' ? 'sends' : 'receives'
  return [
    report.name,
    `${verb} ${grouped(scenario.bytes)} bytes, ${scenario.sendSize} a call; seed ${scenario.seed}; ${sampler}`,
    `${figure(report.throughputMbps, 2)} Mb/s in ${figure(simulatedSeconds, 3)} simulated seconds; ${idleText(report)}`,
    '',
    ...tablesText(report),
    ...instrumentsText(report),
    '',
    ...countsText(report),
    `books   ${grouped(books.cycles)} cycles, ${attributed} attributed`,
    `digest  ${digest}`,
    '',
  ].join('\n')
}

function idleText({ idlePercent: { direct, truth } }: RunReport): string {
  const measured = direct === null ? '' : ` measured directly, ${figure(truth, 2)} %`
  return `guest idle ${figure(direct ?? truth, 2)} %${measured} in truth`
}

/** Table 2 in both scopes, and how its derived rows came about. */
export function tablesText(report: RunReport): string[] {
  return [
    ...tableText(report, 'total', 'Table 2, of total time'), '', ...tableText(report, 'vmm', 'Table 2, of VMM time'),
    ...derivationText(report.table),
  ]
}

function tableText(report: RunReport, scope: TableRow['scope'], title: string): string[] {
  const head = [title, '%', '95 % interval', 'truth', 'paper', 'diff', 'avg us', 'paper us', 'how', 'status']
  const applying = report.table
    .filter((row) => row.scope === scope && (row.percent !== null || row.truthPercent !== null))
  if (applying.length === 0) return [`${title}: does not apply to ${report.name}`]
  const rows = applying.map((row) => [
    row.label, figure(row.percent, 1), interval(row.ci95, 1), figure(row.truthPercent, 2),
    figure(row.paper?.percent, 1),
    row.percent !== null && row.paper ? signed(row.percent - row.paper.percent, 1) : '-',
    figure(row.averageMicroseconds, 2), figure(row.paper?.averageMicroseconds, 2),
    row.percent === null ? '-' : row.method, row.status,
  ])
  return columns([head, ...rows], [0, 8, 9])
}

function derivationText(table: readonly TableRow[]): string[] {
  const steps = new Set(table.flatMap((row) => row.derivation ?? []))
  return steps.size > 0 ? ['', 'How the derived rows were obtained', ...[...steps].map((step) => `  ${step}`)] : []
}

const countNames: readonly [id: string, name: string][] = [
  ['packetsSent', 'packets sent'], ['acksReceived', 'ACKs received'], ['worldSwitches', 'world switches'],
  ['guestIrqs', 'guest IRQs'], ['hostIrqsInVmm', 'host IRQs taken in the VMM'],
  ['hostIrqsInHost', 'host IRQs taken in the host'],
  ['guestContextSwitches', 'guest context switches'], ['rapAccesses', 'Lance address accesses (RAP)'],
  ['rdpAccesses', 'Lance data accesses (RDP)'], ['picAccesses', 'PIC accesses'], ['vmnetTransmits', 'VMNet transmits'],
  ['selectCalls', 'select() calls'],
]

function countsText({ counts, vmnetTransmit }: RunReport): string[] {
  const packets = Math.max(counts.packetsSent, counts['packetsReceived'] ?? 0)
  const a = (count: number) => packets > 0 ? figure(count / packets, 3) : '-'
  const rows = countNames.map(([id, name]) => [name, grouped(counts[id] ?? 0), a(counts[id] ?? 0)])
  const call = vmnetTransmit
    ? [`VMNet transmit: ${figure(vmnetTransmit.meanMicroseconds, 2)} us mean, ` +
      (vmnetTransmit.isolatedMeanCycles > 0 ? `${figure(vmnetTransmit.isolatedMeanCycles, 0)} cycles where nothing came between, ` : '') +
      `${figure(vmnetTransmit.nestedIrqsPerCall, 3)} nested IRQs a call`]
    : []
  return [...columns([['Counted', 'total', 'a packet'], ...rows]), ...call]
}
