import { useEffect } from 'react'
import { cancelJob } from '../state/engine'
import { setDialog, setTab } from '../state/actions-view'
import { now } from '../state/store'
import { windowAction, type WindowAction } from './keymap'

const handlers: Record<WindowAction, () => boolean> = {
  cancel: () => {
    if (now().jobs.length === 0 || now().dialog !== 'none') return false
    cancelJob()
    return true
  },
  search: () => {
    if (now().document.runs.length === 0) return false
    setTab('flame')
    // the field exists once the tab is shown
    requestAnimationFrame(() => document.querySelector<HTMLInputElement>('[data-testid="flame-search"]')?.focus())
    return true
  },
  help: () => {
    setDialog('keyboard')
    return true
  },
}

/** Keys that work anywhere in the window, except while typing. */
export function useWindowKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const action = windowAction(event)
      if (!action || (isTyping(event.target) && event.key.length === 1 && !event.ctrlKey)) return
      if (handlers[action]()) event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.tagName === 'INPUT' || target.tagName === 'TEXTAREA' || target.isContentEditable)
}
