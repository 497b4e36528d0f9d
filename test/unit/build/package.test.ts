import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { cliArguments } from '../../../electron/command-line'
import { filesFromArguments, wishFromArguments } from '../../../electron/arguments'
import { LEFTOVERS, builderConfig, fuses } from '../../../build/package/builder-config.mjs'
import { packageFolders } from '../../../build/package/bundles.mjs'
import { checksums, controlFile } from '../../../build/package/deb.mjs'
import { commandsIn, desktopEntry, fill, launcher, metainfo, mimeXml, releasesOf } from '../../../build/package/desktop.mjs'
import { SIZES, pngPath, svgPath } from '../../../build/package/icons.mjs'
import { fileNames, kindOfPackage } from '../../../build/package/identity.mjs'
import { billOf, noticeOf, noticesText } from '../../../build/package/notices.mjs'
import { parseArguments } from '../../../build/package/package.mjs'
import { SAMPLES } from '../../../build/samples.mjs'
import { sourceStamp } from '../../../build/package/stamp.mjs'
import { appFaults, contentFaults } from '../../../build/package/tree.mjs'
import { put, temporaryFolder } from './temporary'


vi.mock('electron', () => ({ app: {} }))

const official = { source: 'official', version: '45.4.1', label: 'official', dist: '/dist' }
const fallback = { source: 'fallback', version: '33.2.1', label: 'fallback 33.2.1 (end of life 2025-04)', dist: '/dist' }
const rootFile = (name: string) => new URL(`../../../${name}`, import.meta.url)

describe('what kind of package comes of a runtime', () => {
  it('a release is refused on the end-of-life fallback and on a runtime named by hand, with the way out', () => {
    for (const runtime of [fallback, { ...official, source: 'override' }]) {
      expect(() => kindOfPackage({ runtime, release: true, drivable: false })).toThrow(/A release is never made from this Electron/)
    }
    expect(() => kindOfPackage({ runtime: official, release: true, drivable: true })).toThrow(/tests can drive/)
    expect(kindOfPackage({ runtime: official, release: true, drivable: false })).toEqual({ name: 'worldswitch', devtest: false, drivable: false })
  })

  it('what is not fit for users says so in its name', () => {
    expect(kindOfPackage({ runtime: fallback, release: false, drivable: false }).name).toBe('worldswitch-devtest')
    expect(kindOfPackage({ runtime: official, release: false, drivable: true }).name).toBe('worldswitch-devtest')
    expect(fileNames({ name: 'worldswitch-devtest', version: '0.1.0', arch: 'x64' })).toEqual({
      deb: 'worldswitch-devtest_0.1.0_amd64.deb', tar: 'worldswitch-devtest-0.1.0-linux-x64.tar.gz', folder: 'worldswitch-devtest-0.1.0',
    })
  })

  it('takes its options by name and knows no others', () => {
    expect(parseArguments(['--drivable', 'AppImage'])).toEqual({ release: false, drivable: true, directoryOnly: false, targets: ['AppImage'] })
    expect(() => parseArguments(['--relase'])).toThrow(/Unknown option --relase/)
  })

  it('carries the commit and its time, marks a changed checkout, and obeys SOURCE_DATE_EPOCH', () => {
    const git = (status: string) => (args: string[]) => ({ 'rev-parse': 'abc123', status, log: '86400' })[args[0]!]!
    expect(sourceStamp({}, git(''))).toEqual({ revision: 'abc123', seconds: 86400, date: '1970-01-02' })
    expect(sourceStamp({ SOURCE_DATE_EPOCH: '0' }, git(' M a.ts'))).toEqual({ revision: 'abc123+', seconds: 0, date: '1970-01-01' })
    expect(sourceStamp({}, () => null)).toEqual({ revision: 'unknown', seconds: 0, date: '1970-01-01' })
  })
})

describe('the contents', () => {
  it('only what is on the list goes in: no loader, no update feed, no map, no default app', () => {
    const wanted = contentFaults([]).map((fault) => fault.replace(' is missing', ''))
    expect(contentFaults([...wanted, 'resources/samples/a.perf.txt.gz'])).toEqual([])
    for (const leftover of [...LEFTOVERS, 'resources/app/main.cjs', 'browser_v8_context_snapshot.bin', 'resources/app.asar.unpacked/x']) {
      expect(contentFaults([...wanted, leftover]), leftover).toHaveLength(1)
    }
    expect(contentFaults(wanted.slice(1))).toHaveLength(1)
  })

  it('the app holds its bundles and nothing else', () => {
    const good = ['package.json', 'out/cli.mjs', 'out/chunk-AB12.mjs', 'out/electron/main.mjs', 'out/electron/engine.mjs', 'out/renderer/assets/index-Ab_1-.js']
    expect(appFaults(good)).toEqual([])
    expect(appFaults([...good, 'out/electron/main.cjs.map', 'node_modules/x/index.js', 'out/.stamps/main.json'])).toHaveLength(3)
  })

  it('a release cannot be driven, a test package can, and neither runs as plain Node', () => {
    expect(fuses(false)).toMatchObject({ runAsNode: false, enableNodeCliInspectArguments: false, onlyLoadAppFromAsar: true })
    expect(fuses(true)).toMatchObject({ runAsNode: false, enableNodeCliInspectArguments: true })
    const config = builderConfig({ app: 'a', output: 'o', dist: 'd', electron: '45.4.1', drivable: false, resources: 'r', icons: 'i' })
    expect(config.publish).toBeNull()
    expect([config.linux.target, config.win.target, config.mac.target].flat()).toEqual(['AppImage', 'deb', 'nsis', 'dmg'])
  })

  it('every sample and icon is in the checkout', () => {
    for (const { from } of SAMPLES) expect(existsSync(rootFile(from)), from).toBe(true)
    for (const icon of ['worldswitch', 'session']) {
      expect(readFileSync(svgPath(icon), 'utf8')).toContain('<svg')
      for (const size of SIZES) expect(readFileSync(pngPath(icon, size)).readUInt32BE(16), `${icon} ${String(size)}`).toBe(size)
    }
  })
})

describe('licences and the bill of materials', () => {
  it('names packages inside packages by their folder', () => {
    expect(packageFolders(['node_modules/@a/b/x.js', 'node_modules/@a/b/node_modules/c/y.js', 'node_modules/d/z.js', 'engine/e.ts', 'node_modules/d/w.js']))
      .toEqual(['node_modules/@a/b', 'node_modules/@a/b/node_modules/c', 'node_modules/d'])
  })

  it('quotes a package\'s own licence, else the standard text; refuses what it cannot name', () => {
    const folder = temporaryFolder()
    put(folder, 'package.json', JSON.stringify({ name: 'a', version: '1.0.0', license: 'MIT', author: 'A. Author' }))
    const standard = (id: string) => (id === 'MIT' ? 'the standard text' : undefined)
    expect(noticeOf(folder, standard).text).toMatch(/Declared in its package\.json: MIT, by A\. Author[^]*the standard text$/)
    put(folder, 'LICENSE.md', 'its own text\n')
    put(folder, 'licenses.js', 'code')
    expect(noticeOf(folder, standard).text).toBe('its own text')
    const strange = temporaryFolder()
    put(strange, 'package.json', JSON.stringify({ name: 'b', version: '2.0.0', license: 'Unheard-of' }))
    expect(() => noticeOf(strange, standard)).toThrow(/b 2\.0\.0 has no licence file/)
    const text = noticesText([{ name: 'a', version: '1', license: 'MIT', text: 'T' }, { name: 'b', version: '2', license: 'MIT', text: 'T' }])
    expect(text.match(/^T$/gm)).toHaveLength(1)
    expect(text).toMatch(/a 1 \(MIT\)\nb 2 \(MIT\)\n\nT/)
  })

  it('lists what is shipped, with the Electron that carries it, and misses nothing silently', () => {
    const component = (ref: string, path: string, components?: object[]) => ({
      'bom-ref': ref, name: ref, properties: [{ name: 'cdx:npm:package:path', value: path }], ...(components ? { components } : {}),
    })
    const everything = {
      bomFormat: 'CycloneDX', metadata: { component: { 'bom-ref': 'root' } },
      components: [component('a', 'node_modules/a', [component('inner', 'node_modules/a/node_modules/inner')]), component('tool', 'node_modules/tool')],
      dependencies: [{ ref: 'root', dependsOn: ['a', 'tool'] }, { ref: 'a', dependsOn: ['inner'] }, { ref: 'tool' }, { ref: 'inner' }],
    }
    const bill = billOf(everything, ['node_modules/a', 'node_modules/a/node_modules/inner'], official)
    expect(bill.components.map(({ name }: { name: string }) => name)).toEqual(['a', 'inner', 'electron'])
    expect(bill.dependencies).toEqual([{ ref: 'root', dependsOn: ['a'] }, { ref: 'a', dependsOn: ['inner'] }, { ref: 'inner', dependsOn: [] }])
    expect(() => billOf(everything, ['node_modules/gone'], official)).toThrow(/lacks 1 packages, first of all node_modules\/gone/)
  })
})

describe('what a Debian package says', () => {
  const about = { name: 'worldswitch-devtest', version: '0.1.0', arch: 'x64', files: [{ path: 'a', size: 1 }, { path: 'b', size: 2048 }], warning: 'For tests only.' }

  it('its control file has the size in KiB, the libraries that Electron links, and the other package as a conflict', () => {
    const control = controlFile(about)
    expect(control).toContain('Architecture: amd64\n')
    expect(control).toContain('Installed-Size: 3\n')
    expect(control).toMatch(/^Depends: .*libasound2, .*libnss3, /m)
    expect(control).toContain('Conflicts: worldswitch\n')
    expect(control).toMatch(/\n \.\n For tests only\.\n$/)
    expect(controlFile({ ...about, name: 'worldswitch', warning: null })).toContain('Conflicts: worldswitch-devtest\n')
    // A description's lines begin with a space, an empty one is a dot: else dpkg reads a new field.
    for (const line of control.split('Description: ')[1]!.split('\n').slice(1, -1)) expect(line).toMatch(/^ \S/)
  })

  it('its checksums are md5sum\'s', () => {
    const tree = temporaryFolder()
    put(tree, 'usr/a', 'hello\n')
    expect(checksums(tree, [{ path: 'usr/a' }])).toBe('b1946ac92492d2347c6235b4d2611184  usr/a\n')
  })
})

describe('what a desktop is told', () => {
  it('the entry opens many files, has the type, and every action that it names', () => {
    const entry = desktopEntry()
    expect(entry).not.toMatch(/@[A-Z]+@/)
    expect(entry).toContain('Exec=worldswitch %F\n')
    expect(entry).toContain('MimeType=application/x-worldswitch-profile;\n')
    const actions = /^Actions=(.*);$/m.exec(entry)![1]!.split(';')
    for (const action of actions) {
      const exec = new RegExp(`\\[Desktop Action ${action}\\]\\nName=.+\\nExec=worldswitch --(\\w+)\\n`).exec(entry)
      expect(wishFromArguments(['worldswitch', `--${exec![1]!}`]), action).toBe(exec![1])
    }
    expect(mimeXml()).toContain('<glob pattern="*.wsprof"/>')
  })

  it('a name in a template that nobody fills is a mistake', () => {
    expect(() => fill('@NOBODY@', {})).toThrow(/@NOBODY@/)
  })

  it('releases come from the changelog; the one being worked on has the day of its commit', () => {
    const changelog = '# Changelog\n\n## 0.2.0\n\nx\n\n## 0.1.0 - 2026-11-27\n'
    expect(releasesOf(changelog)).toEqual([{ version: '0.2.0', date: null }, { version: '0.1.0', date: '2026-11-27' }])
    expect(metainfo(changelog, '2026-12-24')).toContain('<release version="0.2.0" date="2026-12-24"/>\n    <release version="0.1.0" date="2026-11-27"/>')
    const { version } = JSON.parse(readFileSync(rootFile('package.json'), 'utf8')) as { version: string }
    expect(releasesOf(readFileSync(rootFile('CHANGELOG.md'), 'utf8'))[0]!.version).toBe(version)
  })
})

describe('one name for the window and the command line', () => {
  const help = 'Usage: worldswitch [options] [command]\n\nOptions:\n  -h, --help  help\n\nCommands:\n  run [options]     simulate one\n                    more words\n  import <file>     read\n  help [command]    display\n'

  it('the launcher knows the commands by what the program lists', () => {
    expect(commandsIn(help)).toEqual(['run', 'import'])
    const script = launcher(['run', 'import'])
    expect(script).toContain('\nrun|import|help|--help|-h|--version|-V)\n')
    expect(script).toMatch(/--cli -- "\$@" ;;/)
  })

  it('a command\'s options are its own, and a file that is called like a command can be opened', () => {
    expect(cliArguments(['/usr/lib/worldswitch/worldswitch', '--no-sandbox', '--cli', '--', 'run', '--vm', '2.0'])).toEqual(['run', '--vm', '2.0'])
    expect(cliArguments(['worldswitch', './run', '--cli.wsprof'])).toBeNull()
    expect(cliArguments(['worldswitch', '--', '--cli', 'x'])).toBeNull()
    expect(filesFromArguments(['worldswitch', './run'], '/home/a', [])).toEqual(['/home/a/run'])
    expect(wishFromArguments(['worldswitch', '--', '--new'])).toBeNull()
  })
})
