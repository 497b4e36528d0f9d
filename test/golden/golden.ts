import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'

/**
 * Compares a text with its recording in this folder. UPDATE_GOLDEN=1 writes the recordings anew: look at the diff
 * before you commit it. A missing recording is a failure.
 */
export function expectGolden(name: string, text: string): void {
  const file = new URL(`./${name}.txt`, import.meta.url)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text)
  expect(existsSync(file), `no recording ${name}.txt: record it with UPDATE_GOLDEN=1`).toBe(true)
  expect(text).toBe(readFileSync(file, 'utf8'))
}
