import type { Page } from '@playwright/test'
import { faults } from './axe'
import { expect, test } from './fixtures'
import { cutLabels, drop, perfText, resize, runItem, started } from './window'

async function note(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+Shift+M')
  await expect(page.getByTestId('note-text')).toBeFocused()
  await page.keyboard.type(text)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

const pin = (page: Page, place: string) => page.getByTestId('pin').filter({ hasText: place })

test('notes on a row and a run are listed with them, lead to them, and are undone', async ({ app }) => {
  const page = await started(app)
  await runItem(page, 'VM/PC-733 optimized').locator('.run-select').click()
  await note(page, 'the fast one')
  await page.getByTestId('tab-table').click()
  await page.getByTestId('table2-row-guest-idle').getByRole('button', { name: 'Guest idle', exact: true }).click()
  await note(page, 'HLT, see section 4')
  await expect(page.getByTestId('note-here')).toHaveText('HLT, see section 4')

  await page.getByTestId('tab-notes').click()
  await expect(page.getByTestId('pin')).toHaveCount(2)
  expect(await faults(page)).toEqual([])
  await runItem(page, 'VM/PC-733 2.0').locator('.run-select').click()
  await pin(page, 'Guest idle of VM/PC-733 optimized').getByTestId('pin-go').click()
  await expect(page.getByTestId('tab-table')).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByTestId('status-bar')).toContainText('Guest idle of VM/PC-733 optimized')

  await page.getByTestId('tab-notes').click()
  await pin(page, 'Guest idle').getByRole('button', { name: /^Delete the note/ }).click()
  await expect(page.getByTestId('pin')).toHaveCount(1)
  await page.getByTestId('said').getByRole('button', { name: 'Undo' }).click()
  await expect(pin(page, 'Guest idle').getByRole('textbox')).toHaveValue('HLT, see section 4')
})

test('notes on a frame of an imported profile and on the session survive saving and opening', async ({ app }) => {
  const page = await started(app)
  await drop(page, [{ name: 'capture.txt', text: perfText(Array.from({ length: 40 }, () => ['tcp_sendmsg', 'do_syscall_64'])) }])
  await expect(page.getByTestId('flame-canvas')).toBeVisible()
  await page.getByTestId('flame-canvas').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const selected = await page.locator('.inspector-title').innerText()
  await note(page, 'a frame of mine')
  await page.keyboard.press('Control+9')
  await page.getByTestId('notes-general').fill('What was asked')
  await pin(page, `${selected} of capture.txt`).getByRole('textbox').fill('a frame of mine, changed')
  await app.answer({ save: app.path('noted.wsprof') })
  await app.menu('file.save')
  await expect.poll(() => app.title()).toBe('noted.wsprof — Worldswitch')

  const again = await app.relaunch([app.path('noted.wsprof')])
  await expect(again.getByTestId('notes-general')).toHaveValue('What was asked')
  await expect(pin(again, `${selected} of capture.txt`).getByRole('textbox')).toHaveValue('a frame of mine, changed')
  await pin(again, selected).getByTestId('pin-go').click()
  await expect(again.getByTestId('flame-canvas')).toBeVisible()
  await expect(again.getByTestId('status-bar')).toContainText(`${selected} of capture.txt`)
})

test('a note can be pinned to the run in place of the row, and Cancel takes none', async ({ app }) => {
  const page = await started(app)
  await page.getByTestId('tab-table').click()
  await page.getByTestId('table2-row-guest-idle').getByRole('button', { name: 'Guest idle', exact: true }).click()
  await page.keyboard.press('Control+Shift+M')
  expect(await faults(page)).toEqual([])
  await expect(page.getByRole('button', { name: 'Add the note' })).toBeDisabled()
  await page.getByRole('radio', { name: /^Run: VM/ }).check()
  await page.getByTestId('note-text').fill('on the whole run')
  await page.getByRole('button', { name: 'Add the note' }).click()
  await page.getByTestId('tab-notes').click()
  await expect(page.getByTestId('pin-go')).toHaveText('VM/PC-733 optimized')
  await page.keyboard.press('Control+Shift+M')
  await page.keyboard.type('never mind')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByTestId('pin')).toHaveCount(1)
})

test('long names and notes are not cut at 1024x640 and 1280x800', async ({ app }) => {
  const page = await started(app)
  const item = runItem(page, 'VM/PC-733 optimized')
  await item.getByRole('button', { name: 'Rename' }).click()
  await page.keyboard.type('a name that is much longer than any list of runs is wide, with every word of it')
  await page.keyboard.press('Enter')
  await note(page, 'a note '.repeat(30))
  await page.getByTestId('tab-notes').click()
  for (const [width, height] of [[1024, 640], [1280, 800]] as const) {
    await resize(app, width, height)
    expect(await cutLabels(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  }
})
