import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { faults } from './axe'
import { dataKinds, setTheme, settled, withData } from './every-view'
import { expect, test } from './fixtures'
import { setScreen } from './screen'
import { cutLabels, drop } from './window'

const shots = process.env['RULES_SHOTS']

test('a real capture has a Table 2, by rules that can be copied, edited, tried, undone and saved', async ({ app }) => {
  const page = await withData(app, dataKinds[1])
  const picture = async (name: string) => { if (shots) await page.screenshot({ path: `${shots}/${name}.png` }) }
  await setScreen(page, 1280, 800, 1)
  await page.getByTestId('tab-table').click()
  const row = (id: string) => page.getByTestId(`table2-row-${id}`)
  await expect(row('vmm').locator('[data-column=percent]')).toHaveText(/^7\d/)
  await expect(page.getByTestId('rules-reason')).toContainText('it has a thread "CPU 0/TCG"')
  await expect(row('unclassified').locator('[data-column=weight]')).toHaveText('0')
  await row('vmnet-transmit').getByRole('button').click()
  await expect(page.getByTestId('row-stacks')).toBeVisible()
  await settled(page)
  await picture('table-light')
  expect(await faults(page)).toEqual([])

  await page.getByTestId('tab-flame').click()
  await expect(page.getByTestId('flame-row')).toContainText('Transmitting via the VMNet')
  await picture('flame-row')
  await page.getByTestId('tab-table').click()

  // the rules: shipped ones are copied before they are changed
  await page.getByTestId('table2-part').getByRole('radio', { name: 'Rules' }).click()
  await expect(page.getByTestId('rule-0').locator('td').last()).not.toHaveText('…')
  await page.getByTestId('rules-copy').click()
  await expect(page.getByTestId('rule-set')).toHaveValue('own-1')
  await page.getByTestId('rule-add').click()
  const frame = page.getByTestId('rule-frame')
  await frame.fill('/(pcnet/')
  await expect(page.getByRole('alert')).toContainText('Rule 1: the pattern for its frame is no expression')
  await frame.fill('helper_lookup_tb_ptr | tb_htable_lookup')
  await page.getByTestId('rule-target').selectOption('device-access')
  await expect(page.getByTestId('rule-effect')).toContainText(/\+\d+\.\d\d\s*IN\/OUTs and device memory/)
  // by keyboard: on to the next rule, and back with this one behind it
  await page.getByTestId('rule-0').getByRole('button').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(page.getByTestId('rule-1')).toContainText('helper_lookup_tb_ptr')
  await expect(page.getByTestId('rule-1').getByRole('button')).toBeFocused()
  await settled(page)
  await picture('rules-light')
  expect(await faults(page)).toEqual([])
  await setTheme(app, 'dark')
  await picture('rules-dark')
  expect(await faults(page)).toEqual([])
  await page.getByTestId('table2-part').getByRole('radio', { name: 'Table' }).click()
  await expect(row('device-access').locator('[data-column=percent]')).toHaveText(/^[234]\d/)
  await picture('table-dark')
  expect(await faults(page)).toEqual([])
  await setScreen(page, 1024, 640, 1)
  await picture('table-small')
  expect(await cutLabels(page)).toEqual([])
  await page.getByTestId('table2-part').getByRole('radio', { name: 'Rules' }).click()
  await settled(page)
  await picture('rules-small')
  await setTheme(app, 'light')

  // undo takes the move back, then the row, then the pattern as one step
  await page.getByTestId('rules-save').focus()
  for (let step = 0; step < 3; step++) await app.menu('edit.undo')
  await expect(page.getByTestId('rule-0')).toContainText('name_of_a_function')
  const file = app.path('mine.rules.json')
  await app.answer({ save: file })
  await page.getByTestId('rules-save').click()
  await expect.poll(() => { try { return (JSON.parse(readFileSync(file, 'utf8')) as { format: string }).format } catch { return null } }).toBe('worldswitch.rules/1')
  await page.getByTestId('rules-open').setInputFiles(file)
  await expect(page.getByTestId('rule-set')).toHaveValue('own-2')
  // dropped on another view: the rules are shown
  await page.getByTestId('tab-flame').click()
  await drop(page, [{ name: 'mine.rules.json', text: readFileSync(file, 'utf8') }])
  await expect(page.getByTestId('rule-set')).toHaveValue('own-3')

  // the inspector folds away by its command, and comes back; the focus does not stay in what is gone
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.focus()
  await page.keyboard.press('Control+i')
  await expect(inspector).toBeHidden()
  await expect(page.getByTestId('tab-table')).toBeFocused()
  await page.keyboard.press('Control+i')
  await expect(inspector).toBeVisible()
})

test('two captures are compared by the rows of their rules, and one with a simulated run', async ({ app }) => {
  const page = await withData(app, dataKinds[1])
  const e1000 = gunzipSync(readFileSync('test/fixtures/perf-sym-e1000.folded.gz')).toString()
  await drop(page, [{ name: 'e1000.folded', text: e1000 }])
  await expect(page.getByTestId('run-item')).toHaveCount(4)
  await page.getByTestId('tab-compare').click()
  const choose = async (side: string, name: string) => page.getByTestId(`compare-${side}`).selectOption({ label: name })
  await choose('a', 'perf-sym-pcnet.txt')
  await choose('b', 'e1000.folded')
  const row = (id: string) => page.getByTestId(`compare-row-${id}`)
  await expect(row('lance-emulation-vmapp')).toContainText('lower by')
  await expect(row('guest-irq-overhead')).toContainText('higher by')
  if (shots) await page.screenshot({ path: `${shots}/compare-imports.png` })
  const simulated = await page.getByTestId('compare-b').locator('option').first().innerText()
  await choose('b', simulated)
  await expect(row('vmm')).toContainText('points')
  await expect(row('translation').locator('.verdict')).toHaveText('no figure in B')
  if (shots) await page.screenshot({ path: `${shots}/compare-simulated.png` })
})
