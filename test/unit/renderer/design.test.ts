import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../../../build/setup/files.mjs'
import { contrast } from '../../../renderer/theme/contrast'
import { inksOf } from '../../../renderer/theme/inks'

const tokens = readFileSync(join(root, 'renderer/theme/tokens.css'), 'utf8')
const [lightText, darkText] = tokens.split(":root[data-theme='dark']") as [string, string]
const variables = (css: string) => Object.fromEntries([...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]))
const light = variables(lightText)
const themes = { light, dark: { ...light, ...variables(darkText) } }
const styleSheets = readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css') && name !== 'theme/tokens.css')

describe.each(Object.entries(themes))('the %s theme', (name, theme) => {
  test('text is readable on every ground (WCAG AA, 4.5)', () => {
    const grounds = ['bg', 'bg-panel', 'bg-input', 'bg-hover', 'bg-selected']
    const pairs = [
      ...grounds.flatMap((ground) => [['text', ground], ['text-2', ground]]),
      ...['bg', 'bg-panel'].flatMap((ground) => [['accent', ground], ['slower', ground], ['faster', ground]]),
      ['accent-text', 'accent'], ['text', 'warn-bg'], ['text', 'error-bg'], ['paper-text-2', 'paper'],
    ]
    const poor = pairs.filter(([ink, ground]) => contrast(theme[ink!]!, theme[ground!]!) < 4.5)
    expect(poor).toEqual([])
  })

  test('borders of controls and the focus ring can be seen (WCAG 1.4.11, 3)', () => {
    for (const ground of ['bg', 'bg-panel', 'bg-input']) {
      for (const line of ['border-strong', 'accent']) expect(contrast(theme[line]!, theme[ground]!), `${line} on ${ground}`).toBeGreaterThanOrEqual(3)
    }
  })

  test('what is painted on canvases has the same colours', () => {
    const { text, quiet, line, ground, panel, accent, slower, faster } = inksOf(name === 'dark')
    expect({ text, quiet, line, ground, panel, accent, slower, faster }).toEqual({
      text: theme['text'], quiet: theme['text-2'], line: theme['border'], ground: theme['bg'], panel: theme['bg-panel'],
      accent: theme['accent'], slower: theme['slower'], faster: theme['faster'],
    })
  })
})

test.each(styleSheets)('%s takes its colours from the theme', (name) => {
  const css = readFileSync(join(root, 'renderer', name), 'utf8')
  expect(css.match(/#[0-9a-fA-F]{3,8}\b(?=[\s;,)])|\b(?:rgba?|hsla?)\(/g) ?? []).toEqual([])
})
