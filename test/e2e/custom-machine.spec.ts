import { expect, test } from './fixtures'
import { drop, runItem, started } from './window'

const machine = JSON.stringify({
  format: 'worldswitch.machine', version: 1, base: 'pc-350', name: 'slow switcher', mhz: 500, costs: { worldSwitch: 6000 },
})

test('a dropped machine file becomes a removable chip, runs under its name, and stays with its run', async ({ app }) => {
  const page = await started(app)
  await drop(page, [{ name: 'machine.json', text: machine }])
  const chip = page.getByTestId('custom-chip')
  await expect(chip).toContainText('custom machine: slow switcher')
  await expect(page.getByTestId('custom-rest')).toHaveText('worldSwitch 6000')
  await expect(page.getByTestId('scenario-machine')).toHaveValue('pc-350')
  await expect(page.getByTestId('run-item')).toHaveCount(2)

  await page.getByTestId('scenario-bytes').fill('2 MB')
  await page.getByTestId('run-button').click()
  await expect(runItem(page, 'VM/slow switcher optimized')).toContainText('Mb/s')

  await chip.getByRole('button', { name: 'Remove the custom machine slow switcher' }).click()
  await expect(chip).toHaveCount(0)
  await page.getByRole('button', { name: 'Put into the editor' }).click()
  await expect(chip).toContainText('slow switcher')
  await expect(page.getByTestId('custom-rest')).toHaveText('worldSwitch 6000')
})

test('a custom machine is saved with its run and opens again', async ({ app }) => {
  const page = await started(app)
  await app.answer({ open: [app.file('machine.json', machine)] })
  await app.menu('file.open')
  await expect(page.getByTestId('custom-chip')).toContainText('slow switcher')
  await page.getByTestId('scenario-bytes').fill('2 MB')
  await page.getByTestId('run-button').click()
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await app.answer({ save: app.path('custom.wsprof') })
  await app.menu('file.save')
  await expect.poll(() => app.title()).toBe('custom.wsprof — Worldswitch')

  const again = await app.relaunch([app.path('custom.wsprof')])
  await expect(again.getByTestId('run-item')).toHaveCount(3)
  await runItem(again, 'VM/slow switcher optimized').locator('.run-select').click()
  await again.getByRole('button', { name: 'Put into the editor' }).click()
  await expect(again.getByTestId('custom-chip')).toContainText('slow switcher')
})

test('a wrong machine file is refused with file, field and range; other JSON goes to the importer', async ({ app }) => {
  const page = await started(app)
  await drop(page, [{ name: 'wrong.json', text: machine.replace('6000', '0') }])
  const banner = page.getByTestId('error-banner')
  await expect(banner).toContainText('wrong.json')
  await expect(banner).toContainText('worldSwitch 0 is out of range: a whole number from 1 to 60000 (cycles)')
  await expect(page.getByTestId('custom-chip')).toHaveCount(0)
  await banner.getByRole('button', { name: /Dismiss/ }).click()
  await drop(page, [{ name: 'other.json', text: '{"format": "something else"}' }])
  await expect(banner).toContainText('other.json')
  await expect(banner).not.toContainText('machine file')
})

test('the fields of the panel make a custom machine, and say what cannot be', async ({ app }) => {
  const page = await started(app)
  await page.getByText('Custom machine', { exact: true }).click()
  await page.getByTestId('custom-mhz').fill('1000')
  await expect(page.getByTestId('custom-chip')).toContainText('custom machine: custom')
  await page.getByTestId('custom-name').fill('fast')
  await page.getByTestId('custom-linkMbps').fill('0')
  await expect(page.getByRole('alert').filter({ hasText: 'linkMbps 0 is out of range: a number from 0.1' })).toBeVisible()
  await expect(page.getByTestId('run-button')).toBeDisabled()
  await page.getByTestId('custom-linkMbps').fill('1000')
  await page.getByTestId('custom-duplex').selectOption('half')
  await page.getByTestId('scenario-bytes').fill('2 MB')
  await page.getByTestId('run-button').click()
  await expect(runItem(page, 'VM/fast optimized')).toContainText('Mb/s')

  await page.getByTestId('custom-mhz').fill('10')
  await drop(page, [{ name: 'ticks.json', text: JSON.stringify({ ...JSON.parse(machine) as object, timerHz: 1000 }) }])
  await page.getByTestId('custom-mhz').fill('10')
  await expect(page.getByRole('alert').filter({ hasText: 'timerHz 1000 is out of range for this machine' })).toBeVisible()
})

test('what-ifs are switches with a line each, are counted in the heading, and name the run', async ({ app }) => {
  const page = await started(app)
  const group = page.getByTestId('scenario-what-ifs')
  await group.locator('summary').click()
  await expect(group.getByRole('switch')).toHaveCount(5)
  await expect(group.locator('.scenario-meaning')).toHaveCount(5)
  await page.getByTestId('scenario-what-if-idle-keeps-page-table').check()
  await page.getByTestId('scenario-what-if-vmm-drives-nic').check()
  await expect(group.locator('summary')).toHaveText('What if (2 on)')
  await page.getByTestId('scenario-bytes').fill('2 MB')
  await page.getByTestId('run-button').click()
  await expect(runItem(page, 'VM/PC-733 optimized + idle-keeps-page-table + vmm-drives-nic')).toContainText('Mb/s')
  await page.getByTestId('scenario-vm-native').click()
  await expect(page.getByTestId('scenario-what-if-vmm-drives-nic')).toBeDisabled()
  await expect(page.getByTestId('scenario-what-if-vmm-drives-nic')).not.toBeChecked()
})
