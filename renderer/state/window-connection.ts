import { enginePortMessage, type AppInfo, type WindowApi, type WindowCommand, type WindowEvent } from '../../engine/window-api'
import { viewIds, type ViewId } from '../../engine/session/document'
import { applyWorldColours } from '../theme/world-colours'
import { newDocument, openFile, save } from './actions-documents'
import { runDraft, runPresets } from './actions-runs'
import { setClean, setDialog, setTab } from './actions-view'
import { cancelJob, engine } from './engine'
import type { EnginePort } from './engine-client'
import { notify } from './notices'
import { change, now } from './store'

/** Joins the window to the main process: listeners first, then `ready()`, as window-api.ts asks. */
export async function connectWindow(api: WindowApi): Promise<void> {
  window.addEventListener('message', (event) => {
    if (event.source !== window || event.data !== enginePortMessage) return
    const port = event.ports[0]
    if (port) engine.attach(port as unknown as EnginePort)
  })
  api.onEvent(handleEvent)
  const info = await api.ready()
  showInfo(info)
  if (!info.filesAtStart && now().document.runs.length === 0) {
    const untouched = await runPresets()
    // two runs that every start makes anew are nothing to lose; what somebody did in the meantime is
    if (untouched && now().fileName === null) {
      setClean()
      await api.setDirty(false)
    }
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
  change((state) => { state.dark = dark })
}

const commands: Record<WindowCommand, () => void> = {
  'run.start': () => void runDraft(),
  'run.cancel': cancelJob,
  ...viewCommands(),
  'help.keyboard': () => setDialog('keyboard'),
  'help.about': () => setDialog('about'),
}

function viewCommands(): Record<`view.${ViewId}`, () => void> {
  const entries = viewIds.map((id) => [`view.${id}`, () => setTab(id)] as const)
  return Object.fromEntries(entries) as Record<`view.${ViewId}`, () => void>
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
    case 'document:named': return change((state) => { state.fileName = event.fileName })
    case 'command': return commands[event.id]()
    case 'theme':
      change((state) => { if (state.info) state.info.theme = event.theme })
      return showTheme(event.dark)
    case 'problem': return notify(event.error)
  }
}
