import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { chromium } from '@playwright/test'
import { root } from '../../build/setup/files.mjs'

const release = join(root, 'node_modules', 'speedscope', 'dist', 'release')
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' }

/** Debian's; null where it is not there. */
export const chromiumPath = existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : null

/** Milliseconds from the choice of a file to the second frame with its chart, in a browser of its own. */
export async function timeSpeedscope(path: string): Promise<number> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x')
    const name = pathname === '/' ? 'index.html' : pathname
    try {
      const bytes = readFileSync(join(release, name))
      response.writeHead(200, { 'content-type': types[extname(name)] ?? 'application/octet-stream' }).end(bytes)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening) })
  const browser = await chromium.launch({
    executablePath: chromiumPath!, args: ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.locator('input[type=file]').waitFor({ state: 'attached' })
    await page.evaluate(() => {
      document.querySelector('input[type=file]')!.addEventListener('change', () => {
        const from = performance.now()
        const look = () => {
          // its toolbar has the name of the view when the profile is there; the chart is drawn with the frame
          if (!document.body.innerText.includes('Sandwich')) requestAnimationFrame(look)
          else requestAnimationFrame(() => requestAnimationFrame(() => Object.assign(window, { benchOpened: performance.now() - from })))
        }
        look()
      }, { capture: true })
    })
    await page.locator('input[type=file]').setInputFiles(path)
    const found = await page.waitForFunction(() => (window as unknown as { benchOpened?: number }).benchOpened, null, { timeout: 200_000, polling: 100 })
    return await found.jsonValue() as number
  } finally {
    await browser.close()
    server.close()
  }
}
