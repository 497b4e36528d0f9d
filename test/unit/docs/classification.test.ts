import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { importedRows } from '../../../engine/profile/classify/rows'
import { readRulesFile } from '../../../engine/profile/classify/rules-file'
import { shippedSets } from '../../../engine/profile/classify/sets'
import { worldIds } from '../../../engine/worlds'

const page = new URL('../../../docs/classification.md', import.meta.url)
const section = (name: string, content: string) => `<!-- generated: ${name} -->\n${content}\n<!-- end -->`

const rows = section('rows', [
  '| id | row | of | what is in it |', '|---|---|---|---|',
  ...importedRows.map(({ id, label, scope, meaning }) => `| \`${id}\` | ${label} | ${scope === 'vmm' ? 'VMM time' : 'total time'} | ${meaning} |`),
].join('\n'))

const sets = section('sets', shippedSets.map(({ id, name, about, rules }) => {
  const used = importedRows.filter((row) => rules.some((rule) => rule.row === row.id)).map((row) => row.label)
  return `**${name}** (\`${id}\`, ${rules.length} rules). ${about}\n\nRows: ${used.join('; ')}.`
}).join('\n\n'))

test('the page on classification has the rows and sets that ship', () => {
  // UPDATE_GOLDEN=1 writes them
  if (process.env['UPDATE_GOLDEN'] === '1') {
    const text = readFileSync(page, 'utf8')
    const put = (old: string, name: string, content: string) =>
      old.replace(new RegExp(`<!-- generated: ${name} -->[\\s\\S]*?<!-- end -->`), () => content)
    writeFileSync(page, put(put(text, 'rows', rows), 'sets', sets))
  }
  const text = readFileSync(page, 'utf8')
  expect(text).toContain(rows)
  expect(text).toContain(sets)
  expect(text).toContain(`Ids of worlds: ${worldIds.map((id) => `\`${id}\``).join(', ')}.`)
})

test('the example of a rule file is one', () => {
  const example = /```json\n([\s\S]*?)```/.exec(readFileSync(page, 'utf8'))![1]!
  expect(readRulesFile('example', example).rules).toHaveLength(2)
})
