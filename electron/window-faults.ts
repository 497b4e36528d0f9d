import type { BrowserWindow } from 'electron'
import { report } from './log'
import { indexUrl } from './own-url'
import { ask } from './save-dialog'
import { StartBudget } from './supervision'

export interface FaultyWindow {
  /** Before it is loaded again: nobody answers any more, and what was open is opened again once somebody does. */
  lost(): void
  /** Null: everything is saved. Else whether a copy was saved where the user wanted. */
  saveCopy(): Promise<boolean>
  /** Of when the newest copy is, in words; null: there is none. */
  copyOf(): Promise<string | null>
}

/** Reloads in a row: a session that crashes the window each time is not shown a fourth time by itself. */
const reloadsAMinute = 3

/** A crashed window is loaded again with what was open, three times a minute; then, and when it hangs, the user decides. */
export function recoverWindow(window: BrowserWindow, faulty: FaultyWindow): void {
  const budget = new StartBudget(reloadsAMinute)
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    report(`window gone: ${reason} (${exitCode})`)
    faulty.lost()
    if (budget.take(Date.now())) void window.loadURL(indexUrl)
    else void decide()
  })

  /** The stable state after too many crashes: nothing runs but this question, and a copy can be saved from it. */
  async function decide(): Promise<void> {
    for (;;) {
      const copy = await faulty.copyOf()
      const answer = await ask(window, {
        type: 'error', message: 'The window crashed again and again and is not loaded again by itself.',
        detail: copy === null ? 'Nothing is unsaved: what was open is on the disk.'
          : `Unsaved changes are in a copy of ${copy}. Saved under a name of its own it is safe; else the next start offers it.`,
        buttons: copy === null ? ['Load It Again', 'Quit'] : ['Load It Again', 'Quit', 'Save a Copy…'],
        defaultId: copy === null ? 0 : 2, cancelId: 1,
      })
      if (window.isDestroyed()) return
      if (answer === 2) await faulty.saveCopy()
      else if (answer === 0) {
        budget.reset()
        return void window.loadURL(indexUrl)
      } else return window.destroy()
    }
  }

  let asking = false
  window.on('unresponsive', () => {
    if (asking || window.webContents.isDevToolsOpened()) return
    asking = true
    report('window does not respond')
    void faulty.copyOf().then((copy) => ask(window, {
      type: 'warning', message: 'The window does not respond.',
      detail: copy === null ? 'Waiting keeps everything. Nothing is unsaved: loading it again opens what is on the disk.'
        : `Waiting keeps everything. Loading it again brings back what was kept of your changes: a copy of ${copy}.`,
      buttons: ['Wait', 'Load It Again'], defaultId: 0, cancelId: 0,
    })).then((answer) => {
      asking = false
      if (answer === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer()
    })
  })
}
