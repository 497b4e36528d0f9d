// Which source a package was made of: the commit, and the commit's own time instead of the clock, so that the same
// commit gives the same bytes.
import { spawnSync } from 'node:child_process'
import { root } from '../setup/files.mjs'

const git = (args) => {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : null
}

/** `seconds` since 1970; `revision` ends in "+" when files differ from that commit. SOURCE_DATE_EPOCH goes before git. */
export const sourceStamp = (env = process.env, ask = git) => {
  const revision = ask(['rev-parse', '--short=12', 'HEAD'])
  const changed = revision !== null && ask(['status', '--porcelain', '--untracked-files=no']) !== ''
  const seconds = Number(env.SOURCE_DATE_EPOCH || ask(['log', '-1', '--format=%ct']) || 0)
  return { revision: revision === null ? 'unknown' : revision + (changed ? '+' : ''), seconds, date: new Date(seconds * 1000).toISOString().slice(0, 10) }
}
