import type { Profile } from '../../profile/columns'
import { callTree } from '../../profile/tree'
import { refuseTooLong, writtenLengths } from '../written-size'

const marks: Record<string, string> = { '[kernel.kallsyms]': '_[k]', '[jit]': '_[j]' }

/** What the format has no place for, in words, for whoever converts. */
export function lossesOfFolded(profile: Profile): string[] {
  const { samples, weightTypes, frames, threads } = profile
  const lost: string[] = []
  if (samples.time) lost.push('times of samples')
  if (weightTypes.length > 1) lost.push('all weights but one')
  if (threads.length > 1) lost.push('threads')
  if (samples.cpu) lost.push('processors')
  if (frames.module.some((module) => module !== '' && !Object.hasOwn(marks, module))) lost.push('modules, but for the marks of the kernel and of JIT code')
  if (frames.name.some((name) => /[;\r\n]/.test(name))) lost.push('";" and line ends inside names, which become ":" and blanks')
  return lost
}

/**
 * Folded stacks of one weight, root first, a line a stack, in the order of the call tree. Stacks without weight of their
 * own have no line. Throws a PlainErrorException where that would be too long. Losses: `lossesOfFolded`.
 */
export function writeFolded(profile: Profile, weight = profile.defaultWeight): string {
  const tree = callTree(profile, { weight, scope: 'total' })
  const names = profile.frames.name.map((name, id) => plain(name) + (marks[profile.frames.module[id]!] ?? ''))
  const lengths = writtenLengths(profile.stacks, (frame) => names[frame]!.length + 1)
  refuseTooLong('folded stacks', tree.stack.reduce((sum, stack, node) => sum + (stack >= 0 && tree.self[node] !== 0 ? lengths[stack]! : 0), 0))
  // parents come before children, so each path is its parent's and one name
  const paths: string[] = ['']
  const lines: string[] = []
  for (let node = 1; node < tree.parent.length; node++) {
    const above = paths[tree.parent[node]!]!
    const path = above === '' ? names[tree.frame[node]!]! : `${above};${names[tree.frame[node]!]!}`
    paths[node] = path
    if (tree.self[node] !== 0) lines.push(`${path} ${tree.self[node]}`)
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

function plain(name: string): string {
  return name.replaceAll(';', ':').replace(/[\r\n]+/g, ' ')
}
