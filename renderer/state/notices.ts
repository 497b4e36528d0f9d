import type { WindowCommand } from '../../engine/commands'
import type { PlainError } from '../../engine/plain-error'
import { change, type Notice } from './store'

let nextNotice = 1

export function notify(error: PlainError, severity: Notice['severity'] = 'error', command: WindowCommand | null = null): void {
  const id = nextNotice++
  change((state) => { state.notices.push({ id, severity, error, command }) })
}

export function dismiss(id: number): void {
  change((state) => { state.notices = state.notices.filter((notice) => notice.id !== id) })
}
