import type { Page } from '@playwright/test'
import axe from 'axe-core'

/**
 * What axe finds wrong with what is on screen, one line a fault. Straight through axe-core: its wrapper for Playwright
 * injects it anew each time and sends home every element that passed, which took longer than the checks.
 */
export async function faults(page: Page): Promise<string[]> {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: injected } = window as unknown as { axe: typeof axe }
    const { violations } = await injected.run(document, { resultTypes: ['violations'] })
    return violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`))
  })
}
