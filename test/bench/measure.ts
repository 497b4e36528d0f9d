import type { Page } from '@playwright/test'
import type { WorldswitchApp } from '../e2e/fixtures'

/** Tasks of the window's main thread over 50 ms, as Chromium's Long Tasks API reports them. */
export interface LongTasks {
  count: number
  longestMilliseconds: number
}

export async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const found: number[] = []
    Object.assign(window, { benchLongTasks: found })
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) found.push(entry.duration) }).observe({ type: 'longtask' })
  })
}

/** What came since the last call. The observer is told late: two turns of the event loop are waited for. */
export function takeLongTasks(page: Page): Promise<LongTasks> {
  return page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 150))
    const found = (window as unknown as { benchLongTasks: number[] }).benchLongTasks.splice(0)
    return { count: found.length, longestMilliseconds: Math.max(0, ...found) }
  })
}

export interface Frames {
  frames: number
  perSecond: number
  medianMilliseconds: number
  /** CPU time of the main thread a frame, from Chromium's own accounts. */
  cpuMilliseconds: number
}

/** Presses the two keys in turn on the focused element, one a frame, and times the frames. */
export async function timeFrames(app: WorldswitchApp, keys: readonly [string, string], frames: number): Promise<Frames> {
  const session = await app.page.context().newCDPSession(app.page)
  await session.send('Performance.enable')
  const cpuSeconds = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
  }
  const before = await cpuSeconds()
  const deltas = await app.page.evaluate(async ([pair, count]) => {
    const found: number[] = []
    let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
    for (let i = 0; i < count; i++) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: pair[i % 2]!, bubbles: true, cancelable: true }))
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
      found.push(now - last)
      last = now
    }
    return found
  }, [keys, frames] as const)
  const cpu = (await cpuSeconds()) - before
  await session.detach()
  const sorted = [...deltas].sort((a, b) => a - b)
  const sum = deltas.reduce((total, delta) => total + delta, 0)
  return {
    frames, perSecond: (1000 * frames) / sum, medianMilliseconds: sorted[frames >> 1]!, cpuMilliseconds: (1000 * cpu) / frames,
  }
}
