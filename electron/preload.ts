import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { WindowApi, WindowEvent } from '../engine/window-api'
import { enginePortMessage } from '../engine/window-api'
import type { Arguments, Channel, EventChannel, PortChannel, Result } from './contract'

// Types only from contract.ts: a sandboxed preload is one small file, without zod.
const events: EventChannel = 'worldswitch:event'
const ports: PortChannel = 'worldswitch:engine-port'

const invoke = <C extends Channel>(channel: C, ...args: Arguments<C>): Promise<Result<C>> =>
  ipcRenderer.invoke(channel, ...args) as Promise<Result<C>>

const api: WindowApi = {
  ready: () => invoke('app:ready'),
  info: () => invoke('app:info'),
  diagnostics: () => invoke('app:diagnostics'),
  onEvent(listener) {
    // Electron's event object stays here: it would hand the page the sender.
    const heard = (_event: unknown, event: WindowEvent) => listener(event)
    ipcRenderer.on(events, heard)
    return () => { ipcRenderer.off(events, heard) }
  },
  setDirty: (dirty) => invoke('document:set-dirty', dirty),
  save: (saveId, bytes) => invoke('document:save', saveId, bytes),
  saveFailed: (saveId, error) => invoke('document:save-failed', saveId, error),
  opened: (documentId, shown) => invoke('document:opened', documentId, shown),
  async dropped(file) {
    // Electron knows the path of a file that the user dropped; one that a page has made has none
    const path = webUtils.getPathForFile(file)
    return path === '' ? 'no path' : invoke('document:dropped', path)
  },
  mayReplace: () => invoke('document:may-replace'),
  adopted: (fileName) => invoke('document:adopted', fileName),
  keepProfile: (sha256, bytes) => invoke('recovery:profile', sha256, bytes),
  keepCopy: (manifest, profiles) => invoke('recovery:copy', manifest, profiles),
  saveExport: (name, kind, bytes) => invoke('export:save', name, kind, bytes),
  perform: (command) => invoke('menu:perform', command),
  setHistory: (undo, redo) => invoke('menu:history', undo, redo),
  setTheme: (theme) => invoke('theme:set', theme),
  restartEngine: () => invoke('engine:restart'),
}

contextBridge.exposeInMainWorld('worldswitch', api)

// A MessagePort cannot cross the context bridge; posting it to the window is the documented way around.
ipcRenderer.on(ports, (event) => window.postMessage(enginePortMessage, location.origin, event.ports))
