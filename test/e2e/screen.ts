import { expect, type CDPSession, type Page } from '@playwright/test'

/** What was set stays as long as its session does. */
const sessions = new WeakMap<Page, CDPSession>()

/** The window's content at a size and a density, whatever screen the test has. */
export async function setScreen(page: Page, width: number, height: number, scale: number): Promise<void> {
  const session = sessions.get(page) ?? await page.context().newCDPSession(page)
  sessions.set(page, session)
  await session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false })
  await expect.poll(() => page.evaluate(() => [window.innerWidth, window.innerHeight, window.devicePixelRatio])).toEqual([width, height, scale])
}

/** The screen that the test has. */
export async function clearScreen(page: Page): Promise<void> {
  await sessions.get(page)?.send('Emulation.clearDeviceMetricsOverride')
}
