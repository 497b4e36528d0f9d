import type { BrowserWindow } from 'electron'
import { report, reportError } from './log'
import { indexUrl } from './own-url'
import { ask } from './save-dialog'
import { StartBudget } from './supervision'

export interface FaultyWindow {
  /** Before it is loaded again: nobody answers any more, and what was open is opened again once somebody does. */
  lost(what: LostBy): void
  /** Null: everything is saved. Else whether a copy was saved where the user wanted. */
  saveCopy(): Promise<boolean>
  /** Of when the newest copy is, in words; null: there is none. */
  copyOf(): Promise<string | null>
}

/** In what state the page came to its end. */
export type LostBy = 'crash' | 'hang' | 'memory'

/** Reloads in a row: a session that crashes the window each time is not shown a fourth time by itself. */
const reloadsAMinute = 3

/** Faults of the main process in a row that are only told. */
const faultsAMinute = 3

/** A crashed window is loaded again with what was open, three times a minute; then, and when it hangs, the user decides. */
export function recoverWindow(window: BrowserWindow, faulty: FaultyWindow): void {
  const budget = new StartBudget(reloadsAMinute)
  let ended: LostBy = 'crash'
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    report(`window gone: ${reason} (${exitCode})`)
    faulty.lost(reason === 'oom' ? 'memory' : ended)
    ended = 'crash'
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
    void askAboutHang().finally(() => { asking = false })
  })

  /** Another hang while this is asked is the same one. */
  async function askAboutHang(): Promise<void> {
    for (;;) {
      const copy = await faulty.copyOf()
      const answer = await ask(window, {
        type: 'warning', message: 'The window does not respond.',
        detail: copy === null ? 'Waiting keeps everything. Nothing is unsaved: loading it again opens what is on the disk.'
          : `Waiting keeps everything. Loading it again brings back what was kept of your changes: a copy of ${copy}.`,
        buttons: copy === null ? ['Wait', 'Load It Again'] : ['Wait', 'Load It Again', 'Save a Copy…'], defaultId: 0, cancelId: 0,
      })
      if (window.isDestroyed() || answer === 0) return
      if (answer === 2) await faulty.saveCopy()
      else {
        ended = 'hang'
        return window.webContents.forcefullyCrashRenderer()
      }
    }
  }
}

/**
 * What is to be done about faults of the main process: each is told in the window, until there are so many in a minute
 * that telling is no help. Then one question with a way out stays open.
 */
export function watchMainFaults(window: BrowserWindow, faulty: Pick<FaultyWindow, 'saveCopy' | 'copyOf'>, tell: () => void): () => void {
  const budget = new StartBudget(faultsAMinute)
  let asking = false
  return () => {
    if (budget.take(Date.now())) tell()
    else if (!asking && !window.isDestroyed()) {
      asking = true
      // a question that cannot be asked must not be the next fault
      void askForWayOut().catch((thrown: unknown) => reportError('faults', thrown)).finally(() => { asking = false })
    }
  }

  async function askForWayOut(): Promise<void> {
    for (;;) {
      const copy = await faulty.copyOf()
      const answer = await ask(window, {
        type: 'error', message: 'One thing after another goes wrong outside the window.',
        detail: `${copy === null ? 'Nothing is unsaved: what is open is on the disk.' : `Unsaved changes are in a copy of ${copy}.`} The log says what went wrong. Starting Worldswitch again is the safest.`,
        buttons: copy === null ? ['Go On', 'Quit'] : ['Go On', 'Quit', 'Save a Copy…'], defaultId: copy === null ? 1 : 2, cancelId: 0,
      })
      if (window.isDestroyed()) return
      if (answer === 2) await faulty.saveCopy()
      else {
        budget.reset()
        return answer === 1 ? window.destroy() : undefined
      }
    }
  }
}
