import { readFileSync } from 'node:fs'
import { gunzip } from '../../../engine/formats/gzip'
import type { Profile } from '../../../engine/profile/columns'
import { callTree, functionTable } from '../../../engine/profile/tree'

export const fixture = (name: string): Uint8Array =>
  gunzip(name, new Uint8Array(readFileSync(new URL(`../../fixtures/${name}.gz`, import.meta.url))))

export const beginningOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, 1 << 18))

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Every row of a profile as folded text with its weights: what a reviewer can read. */
export function rowsOf(profile: Profile): string[] {
  const { stacks, frames, samples } = profile
  return Array.from(samples.stack, (leaf, row) => {
    const names: string[] = []
    for (let at = leaf; at >= 0; at = stacks.parent[at]!) names.unshift(frames.name[stacks.frame[at]!]!)
    const thread = samples.thread && profile.threads.length > 0 ? `${profile.threads[samples.thread[row]!]}: ` : ''
    const time = samples.time ? ` @${samples.time[row]}` : ''
    return `${thread}${names.join(';')} ${samples.weights.map((weight) => weight[row]).join(' ')}${time}`
  })
}

/** Self weight by function name. */
export function selfOf(profile: Profile, weight = 0): Map<string, number> {
  const tree = callTree(profile, { weight, scope: 'total' })
  const table = functionTable(tree)
  const found = new Map<string, number>()
  table.frame.forEach((id, i) => {
    const name = tree.frames.name[id]!
    found.set(name, (found.get(name) ?? 0) + table.self[i]!)
  })
  return found
}

export function totalOf(profile: Profile, weight = 0): number {
  return profile.samples.weights[weight]!.reduce((sum, value) => sum + value, 0)
}
