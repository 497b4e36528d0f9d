import { existsSync, lstatSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { hashText, readJson, root, writeAtomically } from './files.mjs'
import { heldCommand } from './lock.mjs'
import { SetupFault, say } from './plain.mjs'
import { run, tail } from './run.mjs'

const stampOf = (folder) => join(folder, 'node_modules', '.worldswitch-stamp.json')

/** Marks belong to a whole lock file: they name its hash, and npm ci removes them with node_modules first. */
export const packagesState = (folder) => {
  const modules = join(folder, 'node_modules')
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8')
  const wanted = hashText(lock)
  if (!existsSync(modules)) return { fresh: false, wanted, why: 'node_modules is missing' }
  if (readJson(stampOf(folder))?.lock === wanted) return { fresh: true, wanted, why: 'up to date' }
  // Installed by hand: npm writes this hidden lock file last of all, so an interrupted install has none.
  const installed = readJson(join(modules, '.package-lock.json'))?.packages
  if (!installed) return { fresh: false, wanted, why: 'node_modules is unfinished' }
  const difference = firstDifference(JSON.parse(lock).packages, installed)
  if (difference) return { fresh: false, wanted, why: `package-lock.json has changed (${difference})` }
  return { fresh: true, wanted, why: 'installed by hand, matches package-lock.json', unmarked: true }
}

const firstDifference = (wanted, installed) => {
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue
    const found = installed[path]
    if (!found && !entry.optional && !entry.peer && !entry.devOptional) return path
    if (found && (found.version !== entry.version || found.integrity !== entry.integrity)) return path
  }
  return Object.keys(installed).find((path) => !(path in wanted)) ?? null
}

const mark = (folder, wanted) =>
  writeAtomically(stampOf(folder), `${JSON.stringify({ lock: wanted, node: process.versions.node })}\n`)

/** npm ci empties the folder that a link leads to first: packages that another checkout works with. */
const refuseLink = (folder, why) => {
  const modules = join(folder, 'node_modules')
  if (!existsSync(modules) || !lstatSync(modules).isSymbolicLink()) return
  throw new SetupFault(
    `node_modules is a link, and what it leads to does not fit this checkout: ${why}.`,
    'remove the link and start again, or run npm ci in the folder that it leads to',
  )
}

export const ensurePackages = async (folder = root) => {
  const state = packagesState(folder)
  if (state.fresh) {
    if (state.unmarked) mark(folder, state.wanted)
    return { note: state.why }
  }
  refuseLink(folder, state.why)
  say(`  npm packages: ${state.why}; running npm ci`)
  rmSync(stampOf(folder), { force: true })
  const [command, args] = heldCommand('npm-ci', 1800, 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  const { code, output } = await run(command, args, { cwd: folder })
  if (code !== 0) {
    throw new SetupFault(
      `npm ci failed (exit ${code}). It said:\n${tail(output)}`,
      'check the connection to the npm registry, then start again: it begins afresh',
    )
  }
  mark(folder, state.wanted)
  return { note: 'installed from package-lock.json' }
}
