import type { Session } from 'electron'
import { app } from 'electron'
import { report } from './log'

/** The window shows its own files and nothing else: whatever would lead outside is denied here, in one place. */
export function denyTheOutside(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    // Copying a table is the one thing the window needs a permission for.
    answer(permission === 'clipboard-sanitized-write')
  })
  session.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write')
  session.setDevicePermissionHandler(() => false)
  const network = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*'] }
  session.webRequest.onBeforeRequest(network, (_details, answer) => answer({ cancel: true }))
  session.on('will-download', (event) => event.preventDefault())

  app.on('web-contents-created', (_created, contents) => {
    const deny = (what: string) => (event: { preventDefault(): void }) => {
      event.preventDefault()
      report(`denied: ${what}`)
    }
    contents.on('will-navigate', deny('navigation'))
    contents.on('will-frame-navigate', deny('navigation of a frame'))
    contents.on('will-redirect', deny('redirect'))
    contents.on('will-attach-webview', deny('webview'))
    contents.setWindowOpenHandler(() => {
      report('denied: new window')
      return { action: 'deny' }
    })
  })
}
