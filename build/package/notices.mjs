// What is shipped that others have made: their licences as one text for people, and a bill of materials (CycloneDX)
// for machines. Both go by what the bundlers really put in, not by what is installed.
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readJson } from '../setup/files.mjs'
import { SetupFault } from '../setup/plain.mjs'
import { run, tail } from '../setup/run.mjs'
import { importTool, toolFile } from './tools.mjs'

const isLicence = (name) => /^(licen[sc]e|copying|notice|copyright)([.-].*)?$/i.test(name)

const personOf = (author) => (typeof author === 'string' ? author : author?.name) ?? 'its authors'

/** The licence files of a package; without any, the text of the licence that it declares. */
export const noticeOf = (folder, standardText) => {
  const { name, version, license, author } = readJson(join(folder, 'package.json'))
  const texts = readdirSync(folder).filter(isLicence).sort().map((file) => readFileSync(join(folder, file), 'utf8').trim())
  if (texts.length > 0) return { name, version, license, text: texts.join('\n\n') }
  const standard = standardText(license)
  if (!standard) throw new SetupFault(`${name} ${version} has no licence file, and its licence "${license}" is no known one.`, 'do without that package')
  return { name, version, license, text: `Declared in its package.json: ${license}, by ${personOf(author)}. The package holds no licence text; this is the standard one.\n\n${standard}` }
}

/** One text of all notices; packages with the same text share it. */
export const noticesText = (notices) => {
  const byText = groupBy(notices, ({ text }) => text)
  const parts = [...byText].map(([text, group]) => [
    ...group.map(({ name, version, license }) => `${name} ${version} (${license})`), '', text,
  ].join('\n'))
  return [
    'Worldswitch contains code of these packages. Electron, Chromium and the libraries in them have their own notices:',
    'LICENSE.electron.txt and LICENSES.chromium.html beside the program.', '',
    ...parts.map((part) => `${'-'.repeat(80)}\n\n${part}\n`),
  ].join('\n')
}

const groupBy = (items, keyOf) => {
  const groups = new Map()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}

export const collectNotices = async (project, folders) => {
  const { default: licences } = await importTool('spdx-license-list/full.js')
  const standardText = (id) => licences[id]?.licenseText
  return noticesText(folders.map((folder) => noticeOf(join(project, folder), standardText)))
}

const pathOf = ({ properties = [] }) => properties.find(({ name }) => name === 'cdx:npm:package:path')?.value

const flatten = (components) => components.flatMap(({ components: inner = [], ...own }) => [own, ...flatten(inner)])

/** Of everything that is installed, only what is in the bundles, and the Electron that carries it. */
export const billOf = (everything, folders, electron) => {
  const shipped = new Set(folders)
  const components = flatten(everything.components).filter((component) => shipped.has(pathOf(component)))
  const missing = folders.filter((folder) => !components.some((component) => pathOf(component) === folder))
  if (missing.length > 0) throw new SetupFault(`The bill of materials lacks ${missing.length} packages, first of all ${missing[0]}.`, 'run npm ci, then make the package again')
  const refs = new Set([everything.metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])])
  const framework = { type: 'framework', name: 'electron', version: electron.version, 'bom-ref': `electron@${electron.version}`, description: electron.label }
  return {
    ...everything,
    components: [...components, framework],
    dependencies: everything.dependencies.filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) })),
  }
}

export const makeBill = async (project, folders, electron, work) => {
  const file = join(work, 'everything.cdx.json')
  const script = toolFile('@cyclonedx', 'cyclonedx-npm', 'bin', 'cyclonedx-npm-cli.js')
  const args = ['--output-reproducible', '--spec-version', '1.6', '--output-format', 'JSON', '--no-validate', '--output-file', file, 'package.json']
  // All packages are development's (they are bundled), and Vite leaves "production" in the environment.
  const env = { ...process.env, NODE_ENV: 'development' }
  const { code, output } = await run(process.execPath, [script, ...args], { cwd: project, env })
  if (code !== 0 || !existsSync(file)) throw new SetupFault(`The bill of materials could not be made:\n${tail(output)}`, 'run npm ci, then make the package again')
  const bill = billOf(readJson(file), folders, electron)
  rmSync(file)
  return `${JSON.stringify(bill, null, 2)}\n`
}
