import type { BrowserWindow, MessageBoxOptions } from 'electron'
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
    const answer = await askWithCopy(window, faulty, (copy) => ({
      type: 'error', message: 'The window crashed again and again and is not loaded again by itself.',
      detail: copy === null ? 'Nothing is unsaved: what was open is on the disk.'
        : `Unsaved changes are in a copy of ${copy}. Saved under a name of its own it is safe; else the next start offers it.`,
      buttons: ['Load It Again', 'Quit'], defaultId: copy === null ? 0 : copyButton, cancelId: 1,
    }))
    if (answer === 1) window.destroy()
    if (answer !== 0) return
    budget.reset()
    void window.loadURL(indexUrl)
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
    const answer = await askWithCopy(window, faulty, (copy) => ({
      type: 'warning', message: 'The window does not respond.',
      detail: copy === null ? 'Waiting keeps everything. Nothing is unsaved: loading it again opens what is on the disk.'
        : `Waiting keeps everything. Loading it again brings back what was kept of your changes: a copy of ${copy}.`,
      buttons: ['Wait', 'Load It Again'], defaultId: 0, cancelId: 0,
    }))
    if (answer !== 1) return
    ended = 'hang'
    window.webContents.forcefullyCrashRenderer()
  }
}

/** Behind the two answers of a question that is asked with `askWithCopy`. */
const copyButton = 2

/**
 * A question with two answers and, where there is unsaved work, a copy of it to save, after which it is asked again. Null:
 * the window went meanwhile.
 */
async function askWithCopy(
  window: BrowserWindow, { copyOf, saveCopy }: Pick<FaultyWindow, 'saveCopy' | 'copyOf'>,
  question: (copy: string | null) => MessageBoxOptions & { buttons: [string, string] },
): Promise<0 | 1 | null> {
  for (;;) {
    const copy = await copyOf()
    const asked = question(copy)
    const answer = await ask(window, { ...asked, buttons: copy === null ? asked.buttons : [...asked.buttons, 'Save a Copy…'] })
    if (window.isDestroyed()) return null
    if (answer !== copyButton) return answer === 1 ? 1 : 0
    await saveCopy()
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
    const answer = await askWithCopy(window, faulty, (copy) => ({
      type: 'error', message: 'One thing after another goes wrong outside the window.',
      detail: `${copy === null ? 'Nothing is unsaved: what is open is on the disk.' : `Unsaved changes are in a copy of ${copy}.`} The log says what went wrong. Starting Worldswitch again is the safest.`,
      buttons: ['Go On', 'Quit'], defaultId: copy === null ? 1 : copyButton, cancelId: 0,
    }))
    if (answer === null) return
    budget.reset()
    if (answer === 1) window.destroy()
  }
}
