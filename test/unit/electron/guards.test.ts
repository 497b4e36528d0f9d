import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { contentSecurityPolicy, resolveRequest } from '../../../electron/app-protocol'
import { contract } from '../../../electron/contract'
import { handle, isTrustedSender } from '../../../electron/ipc'
import { isOwnUrl } from '../../../electron/own-url'
import { denyTheOutside } from '../../../electron/security'

const handlers = vi.hoisted(() => new Map<string, (event: unknown, ...args: unknown[]) => Promise<unknown>>())
const appListeners = vi.hoisted(() => new Map<string, (...args: unknown[]) => void>())
vi.mock('electron', () => ({
  protocol: {},
  app: { on: (event: string, listener: (...args: unknown[]) => void) => { appListeners.set(event, listener) }, getPath: () => '/x', getAppPath: () => '/y' },
  ipcMain: {
    handle: (channel: string, listener: (event: unknown, ...args: unknown[]) => Promise<unknown>) => {
      handlers.set(channel, listener)
    },
  },
}))

const root = '/opt/app/renderer'

describe('app://worldswitch', () => {
  it('serves the files of the window by their type', () => {
    expect(resolveRequest(root, 'GET', 'app://worldswitch/')).toEqual({
      status: 200, file: `${root}/index.html`, contentType: 'text/html; charset=utf-8',
    })
    expect(resolveRequest(root, 'GET', 'app://worldswitch/assets/main-1a.js?x#y')).toMatchObject({
      status: 200, file: `${root}/assets/main-1a.js`,
    })
  })

  it.each([
    ['another method', 'POST', 'app://worldswitch/index.html', 405],
    ['another host', 'GET', 'app://elsewhere/index.html', 403],
    ['another scheme', 'GET', 'file:///etc/passwd', 403],
    ['a way out', 'GET', 'app://worldswitch/../../../etc/x.html', 200],
    ['an encoded way out', 'GET', 'app://worldswitch/..%2f..%2f..%2fetc%2fx.html', 403],
    ['a sibling with the same beginning', 'GET', 'app://worldswitch/..%2frenderer-old%2fx.html', 403],
    ['a backslash', 'GET', 'app://worldswitch/a%5cb.html', 400],
    ['a zero byte', 'GET', 'app://worldswitch/a%00.html', 400],
    ['a broken escape', 'GET', 'app://worldswitch/%E0%A4%A.html', 400],
    ['a kind of file that is not ours', 'GET', 'app://worldswitch/index.js.map', 403],
    ['a file without extension', 'GET', 'app://worldswitch/secret', 403],
  ])('meets %s', (_what, method, address, status) => {
    const resolved = resolveRequest(root, method, address)
    expect(resolved.status).toBe(status)
    // The one that is served is what the URL parser made of it: a file inside.
    if (resolved.status === 200) expect(resolved.file.startsWith(`${root}/`)).toBe(true)
  })

  it('has a policy without anything unsafe', () => {
    expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|https?:/)
    expect(contentSecurityPolicy).toContain("default-src 'none'")
    expect(contentSecurityPolicy).toContain("require-trusted-types-for 'script'")
  })
})

describe('the sender of a message', () => {
  const frame = (url: string, parent: object | null = null) => ({ url, parent })
  const own = frame('app://worldswitch/index.html')
  const trusted = (sender: object | null, mainFrame: object | null = sender) =>
    isTrustedSender({ senderFrame: sender, sender: { mainFrame } } as never)

  it('is the top frame of a page of ours', () => {
    expect(trusted(own)).toBe(true)
  })

  it('is no one else', () => {
    expect(trusted(null)).toBe(false)
    expect(trusted(frame('app://worldswitch/index.html', own), own)).toBe(false)
    expect(trusted(frame('app://worldswitch/index.html'), own)).toBe(false)
    expect(trusted(frame('app://worldswitch.evil/index.html'))).toBe(false)
    expect(trusted(frame('https://worldswitch/index.html'))).toBe(false)
    expect(trusted(frame('about:blank'))).toBe(false)
  })

  it('is judged by scheme and host, as the parser sees them', () => {
    expect(isOwnUrl('app://worldswitch@evil/index.html')).toBe(false)
    expect(isOwnUrl('app://worldswitch:99/')).toBe(false)
    expect(isOwnUrl('not a url')).toBe(false)
  })

  it('is checked, and so are arguments and results, before and after the work', async () => {
    const heard: boolean[] = []
    handle('document:set-dirty', (dirty) => { heard.push(dirty) })
    const call = handlers.get('document:set-dirty')
    if (!call) throw new Error('not registered')
    const good = { senderFrame: own, sender: { mainFrame: own } }
    await call(good, true)
    expect(heard).toEqual([true])
    await expect(call({ senderFrame: null, sender: { mainFrame: own } }, true)).rejects.toThrow('refused')
    await expect(call(good, 'yes')).rejects.toThrow('document:set-dirty')
    await expect(call(good)).rejects.toThrow()
    await expect(call(good, true, '/etc/passwd')).rejects.toThrow()
    expect(heard).toEqual([true])

    handle('document:may-replace', () => 'perhaps' as never)
    await expect(handlers.get('document:may-replace')?.(good)).rejects.toThrow()
  })
})

describe('the outside', () => {
  it('denies webviews, downloads and what leads outside', () => {
    const heard = new Map<string, (event: { preventDefault(): void }) => void>()
    const on = (name: string, listener: (event: { preventDefault(): void }) => void) => { heard.set(name, listener) }
    let network: ((details: unknown, answer: (verdict: unknown) => void) => void) | undefined
    denyTheOutside({
      on, setPermissionRequestHandler: () => undefined, setPermissionCheckHandler: () => undefined, setDevicePermissionHandler: () => undefined,
      webRequest: { onBeforeRequest: (_filter: unknown, listener: typeof network) => { network = listener } },
    } as never)
    let opened: unknown
    appListeners.get('web-contents-created')?.({}, { on, setWindowOpenHandler: (handler: () => unknown) => { opened = handler() } })
    const names = ['will-download', 'will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']
    expect([...heard.keys()].sort()).toEqual([...names].sort())
    for (const name of names) {
      let prevented = false
      heard.get(name)!({ preventDefault: () => { prevented = true } })
      expect([name, prevented]).toEqual([name, true])
    }
    expect(opened).toEqual({ action: 'deny' })
    let verdict: unknown
    network?.({}, (said) => { verdict = said })
    expect(verdict).toEqual({ cancel: true })
  })

  it('neither opens anything outside nor makes markup out of text', () => {
    const sources = ['electron', 'renderer', 'engine'].flatMap((room) => (readdirSync(room, { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name)).map((name) => join(room, name)))
    expect(sources.length).toBeGreaterThan(300)
    for (const path of sources) {
      const text = readFileSync(path, 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*/g, '')
      expect([path, /openExternal|openPath|showItemInFolder|import \{[^}]*\bshell\b[^}]*\} from 'electron'/.exec(text)?.[0]]).toEqual([path, undefined])
      expect([path, /\b(?:inner|outer)HTML\b|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|createContextualFragment|\beval\(|new Function\(/.exec(text)?.[0]]).toEqual([path, undefined])
    }
  })
})

describe('the contract', () => {
  it('takes bytes and plain errors, and nothing that only looks like them', () => {
    const save = contract['document:save'].args
    expect(save.safeParse([1, new Uint8Array(3)]).success).toBe(true)
    expect(save.safeParse([1, [1, 2, 3]]).success).toBe(false)
    expect(save.safeParse([-1, new Uint8Array(3)]).success).toBe(false)
    const failed = contract['document:save-failed'].args
    expect(failed.safeParse([1, { what: 'x', where: 'y' }]).success).toBe(true)
    expect(failed.safeParse([1, { what: 'x', stack: 'y' }]).success).toBe(false)
    expect(contract['menu:perform'].args.safeParse(['file.quit']).success).toBe(false)
  })
})
