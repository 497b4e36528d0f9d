import { expect, test } from './fixtures'
import { dropPaths, started } from './window'

/** Folded stacks of more nodes than the page lays out itself: `leaves` different ones, a fifth of them through `hot`. */
function foldedText(leaves: number, hot: string): string {
  const lines: string[] = []
  for (let leaf = 0; leaf < leaves; leaf++) {
    const way = Array.from({ length: 8 }, (_, depth) => `step_${depth}_${Math.floor(leaf / 4 ** (8 - depth))}`)
    lines.push(['CPU_0/TCG', ...(leaf % 5 === 0 ? [hot] : []), ...way, `leaf_${leaf % 97}`].join(';') + ` ${1 + leaf % 7}`)
  }
  return lines.join('\n')
}

test('a large profile is laid out beside the page: flame, search, bottom-up, sandwich, a step and its undo, other rules, and a comparison', async ({ app }) => {
  const page = await started(app)
  const threads: string[] = []
  page.on('worker', (worker) => threads.push(worker.url()))
  await dropPaths(page, [app.file('before.txt', foldedText(24_000, 'slow_path'))])
  const flame = page.getByRole('region', { name: 'Flame of before.txt' })
  await expect(flame.getByTestId('flame-canvas')).toBeVisible()
  expect(threads).toEqual([expect.stringMatching(/^app:.*trees-worker/)])

  await page.getByTestId('flame-search').fill('slow_path')
  await expect(page.getByTestId('matched-share')).toContainText(/matched 20\.0 % .*1 box/)
  await page.getByTestId('flame-order').getByText('bottom-up').click()
  await expect(flame.getByRole('application', { name: /^Bottom-up flame graph/ })).toBeVisible()
  await page.getByTestId('flame-order').getByText('sandwich').click()
  await expect(page.getByTestId('flame-callers')).toBeVisible()
  await page.getByTestId('flame-order').getByText('top-down').click()
  await expect(page.getByTestId('flame-callers')).toHaveCount(0)

  await page.getByTestId('flame-search').press('Enter')
  await page.getByTestId('flame-canvas').focus()
  await page.keyboard.press('h')
  await expect(page.getByTestId('flame-left')).toContainText('showing 76794 of 95994 samples')
  await expect(page.getByTestId('matched-share')).toContainText('0 boxes')
  await page.keyboard.press('Control+z')
  await expect(page.getByTestId('matched-share')).toContainText('1 box')

  await page.getByTestId('tab-table').click()
  await expect(page.getByTestId('rule-set')).toHaveValue('qemu-tcg')
  await expect(page.getByTestId('table2-row-vmm')).toContainText('100.00')
  await page.getByTestId('rule-set').selectOption('plain-host')
  await expect(page.getByTestId('table2-row-vmm')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(page.getByTestId('rule-set')).toHaveValue('qemu-tcg')
  await expect(page.getByTestId('table2-row-vmm')).toContainText('100.00')

  await dropPaths(page, [app.file('after.txt', foldedText(24_000, 'fast_path'))])
  await expect(page.getByRole('region', { name: 'Flame of after.txt' }).getByTestId('flame-canvas')).toBeVisible()
  await page.getByTestId('tab-compare').click()
  await page.getByTestId('compare-a').selectOption({ label: 'before.txt' })
  await page.getByTestId('compare-b').selectOption({ label: 'after.txt' })
  await expect(page.getByTestId('compare-flame-difference')).toBeVisible()
  await page.getByTestId('compare-part').getByText('Functions').click()
  await page.getByText('with callees').click()
  await expect(page.getByTestId('compare-function').first()).toContainText(/(slow|fast)_path.*[+−]20/)
})
