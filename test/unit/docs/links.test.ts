import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { tour } from '../../../engine/help/views'
import { viewIds } from '../../../engine/session/document'
import { root } from '../../../build/setup/files.mjs'

const documents = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' })
  .stdout.trim().split('\n')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
const text = (name: string) => readFileSync(join(root, name), 'utf8')
/** Links and code as they are written, without what stands inside fences of code. */
const prose = (name: string) => text(name).replace(/^```[^]*?^```/gm, '')

/** As GitHub makes an anchor of a heading. */
const anchors = (name: string) => [...prose(name).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
  heading!.toLowerCase().replace(/[^\p{Letter}\p{Number} _-]/gu, '').replaceAll(' ', '-'))

describe('documents', () => {
  test('there are those that a newcomer looks for', () => {
    for (const name of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/architecture.md', 'docs/method.md', 'docs/design.md', 'docs/release.md']) {
      expect(documents).toContain(name)
    }
  })

  test.each(documents)('%s leads to files and headings that exist', (name) => {
    for (const [, target, anchor] of prose(name).matchAll(/\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]+))?\)/g)) {
      const path = target === '' ? name : join(dirname(name), target!)
      expect(existsSync(join(root, path)), `${path} in ${name}`).toBe(true)
      if (anchor !== undefined && statSync(join(root, path)).isFile()) expect(anchors(path), `${path}#${anchor}`).toContain(anchor)
    }
  })

  test.each(documents)('%s names only npm scripts that exist', (name) => {
    const named = [...text(name).matchAll(/npm run (?:--?\w+ )*([\w:-]+)/g)].map(([, script]) => script!)
    expect(named.filter((script) => !(script in scripts))).toEqual([])
  })

  test('the tour has five steps, each in a view that there is', () => {
    expect(tour).toHaveLength(5)
    for (const { view } of tour) expect(viewIds).toContain(view)
  })
})
