import { csvText } from '../../csv'
import type { Profile, WeightType } from '../../profile/columns'
import { isSampledCount } from '../../profile/compare'
import { callTree, functionTable, type CallTree, type FunctionTable } from '../../profile/tree'
import { refuseTooLong, writtenLengths } from '../written-size'
import { wilson } from '../../statistics/share'
import { worldIds } from '../../worlds'

/** What a table of functions has no place for, in words, for whoever converts. */
export function lossesOfFunctions({ samples, threads }: Profile): string[] {
  return ['who calls whom', ...(samples.time ? ['times of samples'] : []), ...(threads.length > 1 ? ['threads'] : []), ...(samples.cpu ? ['processors'] : []), 'worlds']
}

/** What the table of rows has no place for. */
export function lossesOfSamples({ frames, samples }: Profile): string[] {
  const lost = frames.name.some((name) => name.includes(';')) ? ['";" inside names, which becomes ":" in a stack'] : []
  return samples.time ? lost : [...lost, 'times, which the profile has not']
}

/**
 * A line a function, the one with most time of its own first: its own and with all that it calls, of every weight, as
 * amounts and as percent of the whole. Counts of samples have Wilson's 95 % interval beside each percent.
 */
export function writeFunctionsCsv(profile: Profile): string {
  const { weightTypes, defaultWeight } = profile
  const order = [defaultWeight, ...weightTypes.map((_, k) => k).filter((k) => k !== defaultWeight)]
  const tables = order.map((weight) => {
    const tree = callTree(profile, { weight, scope: 'total' })
    return { type: weightTypes[weight]!, tree, table: functionTable(tree), rowOf: new Map<number, number>() }
  })
  for (const { table, rowOf } of tables) table.frame.forEach((frame, row) => rowOf.set(frame, row))
  const frames = [...new Set(tables.flatMap(({ table }) => [...table.frame]))]
  const head = ['function', 'module', ...tables.flatMap(({ type }) => [...partHead('self', type), ...partHead('total', type)])]
  return csvText([head, ...frames.map((frame) => [
    profile.frames.name[frame]!, profile.frames.module[frame]!,
    ...tables.flatMap(({ type, tree, table, rowOf }) => partCells(type, tree, table, rowOf.get(frame))),
  ])])
}

function partHead(part: string, type: WeightType): string[] {
  const percent = `${part} % of ${type.name}`
  return [`${part} ${type.name} (${type.unit})`, percent, ...(isSampledCount(type) ? [`${percent} ci95 low`, `${percent} ci95 high`] : [])]
}

function partCells(type: WeightType, { total }: CallTree, table: FunctionTable, row: number | undefined): (string | number | null)[] {
  const whole = total[0]!
  return [table.self, table.total].flatMap((column) => {
    const part = row === undefined ? 0 : column[row]!
    const bounds = isSampledCount(type) && part >= 0 && part <= whole ? wilson(part, whole) : null
    return [
      exact(part), whole > 0 ? (100 * part) / whole : null,
      ...(isSampledCount(type) ? [bounds && 100 * bounds[0], bounds && 100 * bounds[1]] : []),
    ]
  })
}

/**
 * A line a row of the profile, in its order: a sample, or a stack with what was added up for it. Seconds since the first
 * sample, thread and processor where there are any, the world and function that ran, every weight, and the stack, root first.
 */
export function writeSamplesCsv({ frames, stacks, samples, threads, weightTypes }: Profile): string {
  const { stack, time, thread, cpu, weights } = samples
  const names = frames.name.map((name) => name.replaceAll(';', ':'))
  const lengths = writtenLengths(stacks, (frame) => names[frame]!.length + 1)
  refuseTooLong('CSV of samples', stack.reduce((sum, leaf) => sum + (leaf < 0 ? 0 : lengths[leaf]!), 0))
  // callers stand before what they call
  const paths: string[] = []
  stacks.parent.forEach((parent, id) => { paths[id] = parent < 0 ? names[stacks.frame[id]!]! : `${paths[parent]};${names[stacks.frame[id]!]}` })
  const head = [
    ...(time ? ['seconds'] : []), ...(thread ? ['thread'] : []), ...(cpu ? ['cpu'] : []), 'world', 'function', 'module',
    ...weightTypes.map(({ name, unit }) => `${name} (${unit})`), 'stack',
  ]
  return csvText([head, ...Array.from(stack, (leaf, row) => [
    ...(time ? [exact(time[row]!)] : []), ...(thread ? [threads[thread[row]!] ?? ''] : []), ...(cpu ? [cpu[row]! < 0 ? '' : cpu[row]!] : []),
    ...(leaf < 0 ? ['', '', ''] : [worldIds[stacks.world[leaf]!]!, frames.name[stacks.frame[leaf]!]!, frames.module[stacks.frame[leaf]!]!]),
    ...weights.map((column) => exact(column[row]!)), leaf < 0 ? '' : paths[leaf]!,
  ])])
}

/** All digits: amounts are added up by whoever reads them. */
function exact(value: number): string {
  return String(value)
}
