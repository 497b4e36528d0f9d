import type { Page } from '@playwright/test'
import { everyTab } from './every-view'
import { expect, test } from './fixtures'
import { drop, runItem, started } from './window'

/**
 * Runs an action of the page's own: what Playwright evaluates directly is exempt from the content security
 * policy, what it only sets off is not.
 */
async function probe(page: Page, attempt: 'eval' | 'new-function' | 'inline-script' | 'html' | 'network'): Promise<string> {
  return page.evaluate((what) => new Promise<string>((resolve) => {
    const attempts = {
      'eval': () => String(globalThis.eval('6 * 7')),
      'new-function': () => String(new Function('return 6 * 7')()),
      'inline-script': () => {
        const script = document.createElement('script')
        script.textContent = 'window.reached = true'
        document.body.append(script)
        return 'reached' in window ? 'ran' : 'blocked'
      },
      'html': () => {
        document.createElement('div').innerHTML = '<b>x</b>'
        return 'ran'
      },
      'network': () => fetch('https://example.com/').then(() => 'reached', () => 'blocked'),
    }
    setTimeout(() => {
      const tried = new Promise<string>((done) => { done(attempts[what]()) })
      tried.then(resolve, (thrown: unknown) => resolve(thrown instanceof Error ? `blocked: ${thrown.name}` : 'blocked'))
    }, 0)
  }), attempt)
}

test('the policy lets no text become code, and nothing reach out', async ({ app }) => {
  app.allowErrors(/Content Security Policy|TrustedHTML|TrustedScript|Refused to|ERR_BLOCKED|violates/i)
  for (const attempt of ['eval', 'new-function', 'inline-script', 'html', 'network'] as const) {
    expect(await probe(app.page, attempt), attempt).toMatch(/^blocked/)
  }
})

test('the policy is a header of every file, with nothing unsafe in it', async ({ app }) => {
  const policy = await app.page.evaluate(async () => (await fetch('/index.html')).headers.get('content-security-policy'))
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("require-trusted-types-for 'script'")
  expect(policy).not.toContain('unsafe')
})

test('files outside the window\'s folder are not served', async ({ app }) => {
  app.allowErrors(/status of 40|Failed to load/)
  const statuses = await app.page.evaluate(async () => {
    const addresses = ['/..%2f..%2fpackage.json', '/..%2felectron%2fmain.cjs', '/nothing.html', '/index.html']
    return Promise.all(addresses.map(async (address) => (await fetch(address)).status))
  })
  expect(statuses).toEqual([403, 403, 404, 200])
  const posted = await app.page.evaluate(async () => (await fetch('/index.html', { method: 'POST' })).status)
  expect(posted).toBe(405)
})

test('the page cannot leave, nor open another window', async ({ app }) => {
  app.allowErrors(/Content Security Policy|Refused to|ERR_BLOCKED|violates|Not allowed to/i)
  const address = app.page.url()
  for (const target of ['https://example.com/', 'file:///etc/passwd', 'app://worldswitch/other.html', 'data:text/html,x']) {
    await app.page.evaluate((to) => { setTimeout(() => { location.href = to }, 0) }, target).catch(() => undefined)
    await app.page.waitForTimeout(200)
    expect(app.page.url()).toBe(address)
  }
  const opened = await app.page.evaluate(() => new Promise((resolve) => {
    setTimeout(() => resolve(window.open('https://example.com/') === null && window.open('about:blank') === null), 0)
  }))
  expect(opened).toBe(true)
  expect(await app.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('the page is started with every guard on', async ({ app }) => {
  const preferences = await app.electronApp.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    contextIsolation: true, sandbox: true, nodeIntegration: false, nodeIntegrationInSubFrames: false, webSecurity: true, webviewTag: false,
  })
  // left out where they are off
  for (const name of ['nodeIntegrationInWorker', 'allowRunningInsecureContent', 'experimentalFeatures']) expect([name, preferences[name] ?? false]).toEqual([name, false])
  expect(preferences['enableBlinkFeatures'] ?? '').toBe('')
})

test('the page has nothing of Node, and of Electron only the few functions it is given', async ({ app }) => {
  const seen = await app.page.evaluate(() => ({
    node: ['process', 'require', 'module', 'Buffer', 'global', '__dirname'].filter((name) => name in globalThis),
    given: Object.keys(window.worldswitch).sort(),
  }))
  expect(seen.node).toEqual([])
  expect(seen.given).toEqual([
    'adopted', 'diagnostics', 'dropped', 'info', 'keepCopy', 'keepProfile', 'mayReplace', 'onEvent', 'opened', 'perform', 'ready', 'restartEngine',
    'save', 'saveExport', 'saveFailed', 'setDirty', 'setHistory', 'setTheme',
  ])
})

test('permissions are denied', async ({ app }) => {
  app.allowErrors(/permission/i)
  const answers = await app.page.evaluate(async () => {
    const refused = (attempt: Promise<unknown>) => attempt.then(() => 'granted', () => 'denied')
    return {
      notification: await Notification.requestPermission(),
      camera: await refused(navigator.mediaDevices.getUserMedia({ video: true })),
      position: await new Promise((resolve) => {
        navigator.geolocation.getCurrentPosition(() => resolve('granted'), () => resolve('denied'))
      }),
      clipboard: await refused(navigator.clipboard.readText()),
    }
  })
  expect(answers).toEqual({ notification: 'denied', camera: 'denied', position: 'denied', clipboard: 'denied' })
})

test('arguments of the wrong kind are refused', async ({ app }) => {
  const refusals = await app.page.evaluate(async () => {
    const api = window.worldswitch as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>
    const refusal = (call: Promise<unknown> | undefined) => (call ?? Promise.resolve()).then(() => 'taken', (thrown: unknown) => String(thrown))
    return Promise.all([
      refusal(api['setDirty']?.('yes')),
      refusal(api['save']?.(1, '/etc/passwd')),
      refusal(api['perform']?.('app.exit')),
      refusal(api['setTheme']?.('pink')),
      refusal(api['keepProfile']?.('../../.profile', new Uint8Array(1))),
      refusal(api['keepCopy']?.('{}', ['../copy'])),
    ])
  })
  expect(refusals.map((text) => text.slice(0, 5))).toEqual(Array(6).fill('Error'))
  expect(await app.title()).not.toContain('•')
})

test('a subframe and a page from elsewhere may ask for nothing, even with our preload', async ({ app }) => {
  const answers = await app.electronApp.evaluate(async ({ BrowserWindow, session }, preload) => {
    // Our address without our headers, so that there can be a subframe at all: the sender check stands alone here.
    const bare = session.fromPartition('bare')
    bare.protocol.handle('app', ({ url }) => {
      const inner = url.endsWith('?inner') ? '' : '<iframe src="app://worldswitch/index.html?inner"></iframe>'
      return new Response(`<!doctype html><body>${inner}</body>`, { headers: { 'Content-Type': 'text/html' } })
    })
    const window = new BrowserWindow({
      show: false,
      webPreferences: { preload, session: bare, sandbox: true, contextIsolation: true, nodeIntegrationInSubFrames: true },
    })
    // Frames may not even be loaded: that guard is taken away too.
    window.webContents.removeAllListeners('will-frame-navigate')
    const ask = "window.worldswitch.info().then(() => 'answered', (thrown) => String(thrown))"
    await window.loadURL('data:text/html,elsewhere')
    const elsewhere: unknown = await window.webContents.executeJavaScript(ask)
    await window.loadURL('app://worldswitch/index.html')
    const top: unknown = await window.webContents.executeJavaScript(ask)
    const [frame] = window.webContents.mainFrame.frames
    const inFrame: unknown = frame ? await frame.executeJavaScript(ask) : 'no frame'
    const address = frame?.url
    // our own address, and it sends on to somewhere else
    bare.protocol.unhandle('app')
    bare.protocol.handle('app', () => new Response(null, { status: 302, headers: { Location: 'data:text/html,redirected' } }))
    await window.loadURL('app://worldswitch/index.html').catch(() => undefined)
    const redirectedTo = window.webContents.getURL()
    window.destroy()
    return { elsewhere, top, inFrame, address, redirectedTo }
  }, `${app.plan.app}/out/electron/preload.cjs`)
  expect(answers.elsewhere).toContain('refused')
  expect(answers.address).toBe('app://worldswitch/index.html?inner')
  expect(answers.inFrame).toContain('refused')
  // The same question from the top frame of the same window is answered: the two refusals above mean something.
  expect(answers.top).toBe('answered')
  expect(answers.redirectedTo).not.toContain('redirected')
})

test('names of markup, control characters, turned text and a megabyte stay names, in every view', async ({ app }) => {
  const page = await started(app)
  const markup = '<img src=x onerror=alert(1)><script>alert(2)</script>'
  const frames = [markup, '\u202egpj.exe\u2066', 'a\u001b[31m\u0000b', 'x'.repeat(1 << 20), '__proto__', '&amp;"\'`=1+2']
  const weights = frames.map((_, i) => i + 2)
  const profile = {
    $schema: 'https://www.speedscope.app/file-format-schema.json', name: `${markup}\u202e`, exporter: markup, shared: { frames: frames.map((name) => ({ name, file: `${name.slice(0, 50)}.c` })) },
    profiles: [{ type: 'sampled', name: `thread ${markup}\u202e`, unit: 'none', startValue: 0, endValue: 99, samples: frames.map((_, i) => [0, i]), weights }],
  }
  const name = `${markup.replaceAll('/', '')}\u202e.json`
  await drop(page, [{ name, text: JSON.stringify(profile) }])
  await expect(page.getByTestId('run-item')).toHaveCount(3)
  await page.getByTestId('run-item').last().locator('.run-select').click()
  const seen: string[] = []
  await everyTab(page, async () => {
    const { text, tags } = await page.evaluate(() => ({
      // all text, that of titles and labels too
      text: [document.body.innerText, ...[...document.querySelectorAll('[title], [aria-label]')].flatMap((one) => [one.getAttribute('title') ?? '', one.getAttribute('aria-label') ?? ''])].join('\n'),
      tags: document.querySelectorAll('img, body script, iframe, object').length,
    }))
    expect(tags).toBe(0)
    expect(text.replaceAll('\n', '').replaceAll('\t', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
    seen.push(text)
  })
  const all = seen.join('\n')
  for (const words of [markup, '⟨U+202E⟩gpj.exe⟨U+2066⟩', 'a⟨U+001B⟩[31m⟨U+0000⟩b', '__proto__']) expect(all).toContain(words)
  // and outside the page, where the toolkit shows them
  await runItem(page, name.replace('\u202e', '⟨U+202E⟩')).locator('.run-select').focus()
  await app.answer({ save: app.path(`a&b ${'\u202e'}<b>.wsprof`) })
  await app.menu('file.save-as')
  await expect.poll(() => app.title()).toBe('a&b ⟨U+202E⟩<b>.wsprof — Worldswitch')
  const labels = await app.electronApp.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('file.recent')?.submenu?.items.map((item) => item.label))
  expect(labels?.[0]).toBe('a&&b ⟨U+202E⟩<b>.wsprof')
})
