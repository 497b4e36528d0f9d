import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { showWhenPainted } from '../../../electron/window'

vi.mock('electron', () => ({}))
vi.mock('../../../electron/log', () => ({ report: () => undefined }))

function hiddenWindow() {
  const webContents = new EventEmitter()
  const window = Object.assign(new EventEmitter(), { webContents, isDestroyed: vi.fn(() => false) })
  const show = vi.fn()
  showWhenPainted(window, show)
  return { window, webContents, show }
}

describe('the moment at which the window is shown', () => {
  beforeEach(() => { vi.useFakeTimers() })
  afterEach(() => { vi.useRealTimers() })

  it('is its first paint, and it is shown once', () => {
    const { window, webContents, show } = hiddenWindow()
    webContents.emit('did-finish-load')
    expect(show).not.toHaveBeenCalled()
    window.emit('ready-to-show')
    vi.runAllTimers()
    expect(show).toHaveBeenCalledTimes(1)
  })

  it('comes soon after the page was loaded when Chromium never tells of a paint', () => {
    const { webContents, show } = hiddenWindow()
    webContents.emit('did-finish-load')
    vi.advanceTimersByTime(2000)
    expect(show).toHaveBeenCalledTimes(1)
  })

  it('comes when the page cannot be loaded', () => {
    const { webContents, show } = hiddenWindow()
    webContents.emit('did-fail-load')
    expect(show).toHaveBeenCalledTimes(1)
  })

  it('never comes for a window that is gone', () => {
    const { window, webContents, show } = hiddenWindow()
    webContents.emit('did-finish-load')
    window.isDestroyed.mockReturnValue(true)
    vi.runAllTimers()
    expect(show).not.toHaveBeenCalled()
  })
})
