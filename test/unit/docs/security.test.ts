import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** The page promises a test for each guard: it is there, under that name. */
const page = readFileSync('docs/security.md', 'utf8')
const rows = page.split('\n').filter((line) => /^\|.*`test\//.test(line))

it('names a test for each item of Electron\'s list, for each guard and each limit', () => {
  const items = rows.flatMap((row) => /^\| (\d+) \|/.exec(row)?.[1] ?? []).map(Number)
  expect(items).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  expect(rows.length).toBeGreaterThan(30)
})

it.each(rows.flatMap((row) => [...row.matchAll(/`(test\/[\w/.-]+)`((?:[:;] "[^"]+")*)/g)].map(([, file, names]) => [file!, names!] as const)))('%s has %s', (file, names) => {
  expect(existsSync(file)).toBe(true)
  const text = readFileSync(file, 'utf8').replaceAll('\\\'', '\'')
  for (const [, name] of names.matchAll(/"([^"]+)"/g)) expect(text).toContain(`('${name}'`)
})
