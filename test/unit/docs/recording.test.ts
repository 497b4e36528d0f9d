import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { recordingMarkdown, recordingRecipes } from '../../../engine/recording-recipe'

const doc = new URL('../../../docs/recording.md', import.meta.url)

const commands = recordingRecipes.flatMap(({ steps }) => steps.flatMap(({ command }) => command ?? []))

describe('how to record', () => {
  test('the document is the text that the window shows (UPDATE_GOLDEN=1 writes it anew)', () => {
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(doc, recordingMarkdown())
    expect(readFileSync(doc, 'utf8')).toBe(recordingMarkdown())
  })

  test('every command is one that a shell can read', () => {
    expect(commands.length).toBeGreaterThan(12)
    for (const command of commands) {
      const { status, stderr } = spawnSync('sh', ['-n', '-c', command], { encoding: 'utf8' })
      expect({ command, status, stderr }).toEqual({ command, status: 0, stderr: '' })
      expect(command).not.toContain('\n')
    }
  })

  test('names only scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { scripts: Record<string, string> }
    const named = commands.flatMap((command) => /^npm run ([a-z]+)/.exec(command)?.[1] ?? [])
    expect(named).toContain('record')
    for (const name of named) expect(Object.keys(scripts)).toContain(name)
  })
})
