import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { lastErrors, logFile, report, reportError, startLog } from '../../../electron/log'
import { withoutContent } from '../../../electron/log-text'

const place = vi.hoisted(() => ({ userData: '' }))
vi.mock('electron', () => ({ app: { getPath: () => place.userData, getAppPath: () => '/opt/worldswitch/resources/app.asar' } }))
place.userData = mkdtempSync(join(tmpdir(), 'worldswitch-log-'))
afterAll(() => rmSync(place.userData, { recursive: true }))

describe('the log', () => {
  it('goes into the user\'s data folder and never has more than half a megabyte', () => {
    startLog()
    expect(logFile()).toBe(join(place.userData, 'logs', 'main.log'))
    for (let i = 0; i < 3000; i++) report(`line ${i} ${'of some length '.repeat(20)}`)
    const files = readdirSync(join(place.userData, 'logs')).sort()
    expect(files).toEqual(['main.log', 'main.old.log'])
    const sizes = files.map((name) => statSync(join(place.userData, 'logs', name)).size)
    expect(sizes.reduce((a, b) => a + b)).toBeLessThan(540_000)
    // what is newest is there, what came before it in the other file
    expect(readFileSync(logFile(), 'utf8')).toContain('line 2999 ')
    expect(statSync(join(place.userData, 'logs', 'main.old.log')).size).toBeGreaterThan(100_000)
  })

  it('says where in the program a fault was, and nothing of what the user works on', () => {
    reportError('main', new Error('ENOENT: no such file or directory, open \'/home/me/secret customer.perf\''))
    reportError('recovery copy', 'the run "secret plans" could not be kept, /home/me/secret.wsprof:3')
    report('engine: Worldswitch met an error of its own: no frame `secret_function`.')
    reportError(join(place.userData, 'state.json'), new SyntaxError('Unexpected end of JSON input'))
    const text = readFileSync(logFile(), 'utf8')
    expect(text).not.toMatch(/secret|customer|home/)
    expect(text).toContain('ENOENT: no such file or directory, open')
    expect(text).toContain(join(place.userData, 'state.json'))
    expect(lastErrors().join()).not.toMatch(/secret|customer|home/)
  })
})

describe('a text without content', () => {
  const own = ['/opt/worldswitch']
  it('keeps what is the program\'s', () => {
    const stack = 'TypeError: Cannot read properties of undefined (reading \'length\')\n    at Workbench.info (/opt/worldswitch/out/electron/main.cjs:12:34)\n    at node:internal/process/task_queues:95:5'
    expect(withoutContent(stack, own)).toBe(stack)
    expect(withoutContent('don\'t, it\'s 3/4 of app://worldswitch/index.html', own)).toBe('don\'t, it\'s 3/4 of app://worldswitch/index.html')
  })
  it('leaves out paths and what is quoted', () => {
    expect(withoutContent('at x (/home/me/a.js:1:2), file:///home/me/b', own)).toBe('at x (…), …')
    expect(withoutContent('two runs are called "a \'b\' c" and \'d\'.', own)).toBe('two runs are called "…" and \'…\'.')
  })
})
