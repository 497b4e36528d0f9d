import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { expect, test } from './fixtures'
import { launchPlan, Sandbox, startCommand } from './launch'
import { commandOf, portsOf, statusOf, treeOf } from './processes'

test.use({ start: { own: true } })

test('a window opens with the product\'s name', async ({ app }) => {
  await expect.poll(() => app.title()).toContain('Worldswitch')
  const [width, height] = await app.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize() ?? [0, 0])
  expect(width).toBeGreaterThanOrEqual(1024)
  expect(height).toBeGreaterThanOrEqual(640)
})

test('the page runs in Chromium\'s sandbox as an ordinary user, and no process listens on a port', async () => {
  // without Playwright, which has an inspector listen
  const plan = launchPlan()
  const sandbox = new Sandbox(plan)
  const { program, args } = startCommand(plan, sandbox)
  const started = spawn(program, args, {
    stdio: 'ignore', cwd: sandbox.documents, env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:', ...plan.env, ...sandbox.environment() },
  })
  try {
    const pages = () => treeOf(started.pid!).filter((pid) => commandOf(pid).includes('--type=renderer'))
    // 2 is filter mode (proc(5)). A new renderer closes the filter behind it only when it is ready to load a page.
    await expect.poll(() => pages().map((pid) => statusOf(pid, 'Seccomp'))).toEqual(['2'])
    const [page] = pages()
    expect(statusOf(page!, 'NoNewPrivs')).toBe('1')
    // once the engine runs, everybody does
    await expect.poll(() => treeOf(started.pid!).filter((pid) => commandOf(pid).includes('node.mojom.NodeService')).length).toBe(1)
    const everybody = treeOf(started.pid!)
    expect(everybody.length).toBeGreaterThanOrEqual(5)
    for (const pid of everybody) {
      // a wrapper that is root becomes the user before it starts Electron; the sandbox's own helper may stay root
      if (!commandOf(pid).includes('chrome-sandbox')) expect([commandOf(pid).slice(0, 80), statusOf(pid, 'Uid')]).not.toEqual([expect.anything(), '0'])
    }
    expect(everybody.flatMap(portsOf)).toEqual([])
    // the same eyes see a port where there is one
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    expect(portsOf(process.pid)).toContain(`tcp ${(server.address() as { port: number }).port}`)
    server.close()
  } finally {
    const left = treeOf(started.pid!)
    started.kill('SIGKILL')
    // the others end when they notice, and may be writing until then
    await expect.poll(() => left.filter((pid) => commandOf(pid) !== '')).toEqual([])
    sandbox.remove()
  }
})
