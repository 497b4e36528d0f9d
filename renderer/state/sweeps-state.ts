import {
  type ConfigurationId, type Sweep, type SweepCell, type SweepKind, type SweepRequest, sweepDefaults, sweepLimits,
  sweepPresets, sweepScenario,
} from '../../engine/experiments/sweep-types'
import { scenarioSchema, type MachineId } from '../../engine/machine/scenario'
import { customInput, type CustomDraft } from './custom-draft'
import { sizeOf, sizeText } from './scenario-draft'

/** What to sweep, as typed. */
export interface SweepForm {
  machine: MachineId
  /** With the changes of the scenario panel's custom machine. */
  custom: boolean
  configurations: ConfigurationId[]
  sizes: string
  seeds: string
  bytes: string
}

export interface SweepsState {
  shown: SweepKind
  forms: Record<SweepKind, SweepForm>
  /** The sweep under way; its cells appear one by one. */
  running: { kind: SweepKind; sweep: Sweep; total: number } | null
}

const seedsText = String(sweepDefaults.seeds)
const bytesDefault = sizeText(sweepDefaults.bytes)

export function initialSweeps(): SweepsState {
  const form = (kind: SweepKind): SweepForm => ({
    machine: 'pc-733', custom: false, configurations: [...sweepPresets[kind].configurations],
    sizes: sweepPresets[kind].sizes.join(', '), seeds: seedsText, bytes: bytesDefault,
  })
  return { shown: 'throughput', forms: { throughput: form('throughput'), idle: form('idle') }, running: null }
}

export type SweepProblems = Partial<Record<keyof SweepForm, string>>

/** What the form asks for, or what is wrong with each field, in words. */
export function sweepRequestOf(form: SweepForm, custom: CustomDraft | null): { request: SweepRequest } | { problems: SweepProblems } {
  const problems: SweepProblems = {}
  const sizes = form.sizes.split(',').map((text) => text.trim()).filter((text) => text !== '').map(sizeOf)
  const seeds = Number(form.seeds)
  const { min, max } = sweepLimits.seeds
  if (form.seeds.trim() === '' || !Number.isInteger(seeds) || seeds < min || seeds > max) problems.seeds = `a whole number of seeds from ${min} to ${max} is needed`
  if (form.configurations.length === 0) problems.configurations = 'at least one configuration is needed'
  if (sizes.length === 0 || new Set(sizes).size < sizes.length || sizes.length > sweepLimits.sizes.max) {
    problems.sizes = sizes.length === 0 ? 'at least one send size is needed' : 'send sizes have to differ, and be 64 at most'
  }
  const input = { machine: form.machine, bytes: sizeOf(form.bytes), ...(form.custom && custom ? { custom: customInput(custom) } : {}) } as Pick<SweepRequest, 'machine' | 'custom' | 'bytes'>
  for (const size of sizes) {
    const parsed = scenarioSchema.safeParse(sweepScenario(input, 'native', size, 1))
    if (parsed.success) continue
    for (const { path: [field], message } of parsed.error.issues) {
      const at = field === 'sendSize' ? 'sizes' : field === 'bytes' || field === 'custom' ? field : 'machine'
      problems[at] ??= Number.isNaN(size) && at === 'sizes' ? 'send sizes are numbers of bytes, with commas between them'
        : Number.isNaN(input.bytes) && at === 'bytes' ? `a number of bytes is needed, not '${form.bytes.trim()}'` : message
    }
  }
  const runs = form.configurations.length * sizes.length * seeds
  if (runs > sweepLimits.runs) problems.seeds ??= `${runs} runs are too many: ${sweepLimits.runs} at most`
  if (Object.keys(problems).length > 0) return { problems }
  return { request: { ...input, configurations: form.configurations, sizes, seeds: Array.from({ length: seeds }, (_, i) => i + 1) } }
}

export const configurationNames: Record<ConfigurationId, string> = {
  'native': 'native', '2.0': '2.0', 'io-in-vmm': '2.0 + I/O in the VMM', 'send-combining': '2.0 + send combining',
  'irq-notification': '2.0 + IRQ notification', 'optimized': 'optimized',
}

/** A newer version may have saved configurations that this one does not know. */
export function configurationName(id: string): string {
  return (configurationNames as Record<string, string>)[id] ?? id
}

/** Whether all cells that were asked for are there. */
export function isWhole({ request, cells }: Sweep): boolean {
  return cells.length === request.configurations.length * request.sizes.length
}

export const sweepTitles: Record<SweepKind, string> = {
  throughput: 'Throughput against data size', idle: 'Idle by configuration',
}

/** How much of a sweep is there, and what it was run with. */
export function sweepWords(sweep: Sweep, running: boolean): string {
  const { request, cells } = sweep
  const asked = request.configurations.length * request.sizes.length
  const part = running ? `running: ${cells.length} of ${asked} points`
    : isWhole(sweep) ? `${cells.length} points` : `cancelled: ${cells.length} of ${asked} points kept`
  const machine = request.custom?.name ?? request.machine.toUpperCase()
  const seeds = request.seeds.length
  const bars = seeds > 1 ? 'bars: 95 % interval of the mean, Student\'s t over the seeds' : 'one seed: no interval'
  return `${part}; ${machine}, ${request.bytes / 1e6} MB a run, ${seeds} ${seeds === 1 ? 'seed' : 'seeds'} a point; ${bars}`
}

/** The figure that a kind of sweep is about. */
export function figureOf(kind: SweepKind, cell: SweepCell): SweepCell['throughputMbps'] {
  return kind === 'throughput' ? cell.throughputMbps : cell.idlePercent
}
