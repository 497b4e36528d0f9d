import { visibleName } from '../../engine/visible-name'
import { enginePortMessage, type AppInfo, type WindowApi, type WindowEvent } from '../../engine/window-api'
import { applyRunColours } from '../theme/run-colours'
import { applyWorldColours } from '../theme/world-colours'
import { newDocument, openFile, save } from './actions-documents'
import { showTourStep } from './actions-help'
import { runPresets } from './actions-runs'
import { setClean } from './actions-view'
import { perform } from './commands'
import { engine } from './engine'
import type { EnginePort } from './engine-client'
import { notify } from './notices'
import { keepCopies } from './recovery'
import { change, now, useWorkbench } from './store'

/** Joins the window to the main process: listeners first, then `ready()`, as window-api.ts asks. */
export async function connectWindow(api: WindowApi): Promise<void> {
  window.addEventListener('message', (event) => {
    if (event.source !== window || event.data !== enginePortMessage) return
    const port = event.ports[0]
    if (port) engine.attach(port as unknown as EnginePort)
  })
  api.onEvent(handleEvent)
  tellHistory(api)
  keepCopies(api)
  const info = await api.ready()
  showInfo(info)
  if (!info.filesAtStart && now().document.runs.length === 0) {
    const untouched = await runPresets(info.firstRunBytes ?? undefined)
    // two runs that every start makes anew are nothing to lose; what somebody did in the meantime is
    if (untouched && now().fileName === null) {
      setClean()
      await api.setDirty(false)
    }
    if (info.tour) showTourStep(0)
  }
}

function showInfo(info: AppInfo): void {
  change((state) => { state.info = info })
  showTheme(info.dark)
}

function showTheme(dark: boolean): void {
  const root = document.documentElement
  root.dataset['theme'] = dark ? 'dark' : 'light'
  applyWorldColours(root, dark)
  applyRunColours(root, dark)
  change((state) => { state.dark = dark })
}

/** The menu says what would be undone. */
function tellHistory(api: WindowApi): void {
  let told: [string | null, string | null] = [null, null]
  useWorkbench.subscribe(({ history: { past, future } }) => {
    const words: [string | null, string | null] = [past.at(-1)?.words ?? null, future.at(-1)?.words ?? null]
    if (words[0] === told[0] && words[1] === told[1]) return
    told = words
    void api.setHistory(shortened(words[0]), shortened(words[1]))
  })
}

/** Names of runs are as long as people like; a menu is not. */
function shortened(words: string | null): string | null {
  return words !== null && words.length > 60 ? `${words.slice(0, 59)}…` : words
}

function handleEvent(event: WindowEvent): void {
  switch (event.type) {
    case 'engine:state': {
      const reason = event.reason ?? null
      change((state) => { state.engine = { ...state.engine, state: event.state, reason } })
      if (event.state === 'down' || event.state === 'failed') {
        engine.down(reason ?? 'no reason was given', event.state === 'failed')
      }
      return
    }
    case 'document:opened': return void openFile(event)
    case 'document:new': return newDocument()
    case 'document:bytes-wanted': return void save(event.saveId)
    case 'document:named': return change((state) => { state.fileName = event.fileName === null ? null : visibleName(event.fileName) })
    case 'command': return void perform(event.id)
    case 'theme':
      change((state) => { if (state.info) state.info.theme = event.theme })
      return showTheme(event.dark)
    case 'problem': return notify(event.error)
  }
}
