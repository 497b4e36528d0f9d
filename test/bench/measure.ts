import type { Page } from '@playwright/test'
import type { WorldswitchApp } from '../e2e/fixtures'
import { cpuMillisecondsOf, pageProcess } from './processes'

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
  perSecond: number
  /** A frame: of the main thread, from Chromium's own accounts, and of all threads of the page's process. */
  taskMilliseconds: number
  cpuMilliseconds: number
}

/** Presses the two keys in turn on the focused element, one a frame, and times the frames. */
export async function timeFrames(app: WorldswitchApp, keys: readonly [string, string], frames: number): Promise<Frames> {
  const session = await app.page.context().newCDPSession(app.page)
  await session.send('Performance.enable')
  const process = pageProcess(app.electronApp.process().pid!)
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return { task: metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0, cpu: cpuMillisecondsOf(process) }
  }
  const before = await spent()
  const milliseconds = await app.page.evaluate(async ([pair, count]) => {
    const first = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
    let last = first
    for (let i = 0; i < count; i++) {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: pair[i % 2]!, bubbles: true, cancelable: true }))
      last = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
    }
    return last - first
  }, [keys, frames] as const)
  const after = await spent()
  await session.detach()
  return {
    perSecond: (1000 * frames) / milliseconds, taskMilliseconds: (1000 * (after.task - before.task)) / frames,
    cpuMilliseconds: (after.cpu - before.cpu) / frames,
  }
}

/** What one frame of the focused chart paints: filled boxes and written texts, of the canvas alone. */
export function paintedByKey(page: Page, key: string): Promise<{ boxes: number; texts: number }> {
  return page.evaluate(async (pressed) => {
    const { prototype } = CanvasRenderingContext2D
    const { fillRect, fillText } = prototype
    const painted = { boxes: 0, texts: 0 }
    const count = <Args extends unknown[]>(method: (...args: Args) => void, of: keyof typeof painted) =>
      function (this: CanvasRenderingContext2D, ...args: Args) {
        painted[of]++
        method.apply(this, args)
      }
    prototype.fillRect = count(fillRect, 'boxes')
    prototype.fillText = count(fillText, 'texts')
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true }))
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
    Object.assign(prototype, { fillRect, fillText })
    return painted
  }, key)
}
