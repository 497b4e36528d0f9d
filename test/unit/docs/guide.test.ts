import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { commandIds, commands, placeTitles, type CommandPlace } from '../../../engine/commands'
import { viewHelp } from '../../../engine/help/views'
import { viewIds, viewTitles, type ViewId } from '../../../engine/session/document'

const guide = new URL('../../../docs/guide/README.md', import.meta.url)
const text = () => readFileSync(guide, 'utf8')
const open = '<!-- generated: keys -->\n'
const close = '<!-- end -->'

/** All keys by place, from the one map of commands. */
function keysTable(): string {
  const places = Object.keys(placeTitles) as CommandPlace[]
  return places.flatMap((place) => {
    const rows = commandIds.filter((id) => commands[id].where === place && commands[id].keys.length > 0)
    if (rows.length === 0) return []
    const lines = rows.map((id) => `| ${commands[id].keys.map((key) => `\`${key}\``).join(' ')} | ${commands[id].does ?? commands[id].title.replace(/…$/, '')} |`)
    return [`**${placeTitles[place]}**\n\n| keys | what they do |\n|---|---|\n${lines.join('\n')}\n`]
  }).join('\n')
}

/** What the window says of each view, quoted. */
function helpBlocks(guideText: string): string {
  return guideText.replace(/(<!-- help: ([\w-]+) -->\n)[^]*?(<!-- end help -->)/g, (_, begin: string, id: ViewId, end: string) =>
    `${begin}> ${viewHelp[id].join(' ')}\n${end}`)
}

describe('the user guide', () => {
  test('has a section and a picture for each view', () => {
    for (const id of viewIds) {
      const section = text().split(/^## /m).find((part) => part.startsWith(`${viewTitles[id]}\n`))
      expect(section, `a section of ${id}`).toBeDefined()
      expect(section, `the picture of ${id}`).toContain(`images/${id}.png`)
    }
  })

  test('names only files that exist', () => {
    const targets = [...text().matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) => target!)
    expect(targets.length).toBeGreaterThan(8)
    for (const target of targets) expect(existsSync(new URL(target, guide)), target).toBe(true)
  })

  test('names only scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { scripts: Record<string, string> }
    const named = [...text().matchAll(/npm (?:run )?([a-z]+)/g)].map(([, name]) => name!)
    expect(named).toContain('guide')
    for (const name of named) expect(Object.keys(scripts)).toContain(name)
  })

  test('quotes what the window says of each view (UPDATE_GOLDEN=1 writes it anew)', () => {
    for (const id of viewIds) {
      expect(text(), id).toContain(`<!-- help: ${id} -->`)
      const sentences = viewHelp[id as ViewId]
      expect(sentences.length, id).toBeGreaterThanOrEqual(3)
      expect(sentences.length, id).toBeLessThanOrEqual(5)
    }
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(guide, helpBlocks(text()))
    expect(text()).toBe(helpBlocks(text()))
  })

  test('lists the keys that there are (UPDATE_GOLDEN=1 writes them anew)', () => {
    const [before, rest] = text().split(open) as [string, string]
    const fresh = `${before}${open}${keysTable()}${rest.slice(rest.indexOf(close))}`
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(guide, fresh)
    expect(text()).toBe(fresh)
  })
})
