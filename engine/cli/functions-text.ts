import type { Profile } from '../profile/columns'
import { isSampledCount } from '../profile/compare'
import { callTree, functionTable } from '../profile/tree'
import { wilson } from '../statistics/share'
import { columns, figure, interval } from './columns'

/** A part of a profile's time, with its 95 % interval where the weight is a count of samples. */
interface Share {
  weight: number
  percent: number | null
  ci95: [number, number] | null
}

export interface FunctionShare {
  name: string
  module: string
  self: Share
  total: Share
}

/** All functions, those with most time of their own first. */
export function functionShares(profile: Profile, weight: number): FunctionShare[] {
  const tree = callTree(profile, { weight, scope: 'total' })
  const all = tree.total[0]!
  const table = functionTable(tree)
  const counted = isSampledCount(profile.weightTypes[weight])
  const share = (part: number): Share => {
    const bounds = counted ? wilson(Math.min(part, all), all) : null
    return { weight: part, percent: all > 0 ? (100 * part) / all : null, ci95: bounds && [100 * bounds[0], 100 * bounds[1]] }
  }
  return Array.from(table.frame, (frame, i) => ({
    name: profile.frames.name[frame]!, module: profile.frames.module[frame]!, self: share(table.self[i]!), total: share(table.total[i]!),
  }))
}

export function functionsText(functions: readonly FunctionShare[]): string[] {
  const rows = functions.map(({ name, module, self, total }) => [
    name.slice(0, 60), figure(self.percent, 1), interval(self.ci95, 1), figure(total.percent, 1), module,
  ])
  return columns([['Function', 'self %', '95 % interval', 'with callees %', 'module'], ...rows], [0, 4])
}
