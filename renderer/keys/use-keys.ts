import { useEffect } from 'react'
import { commandOfKey, commands } from '../../engine/commands'
import { perform } from '../state/commands'
import { isTextField } from '../state/text-focus'

/**
 * Keys that work anywhere in the window. What is taken here is taken from the menu as well: its shortcuts are for what
 * the page does not handle, so nothing is done twice.
 */
export function useWindowKeys(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const id = commandOfKey(event)
      if (!id) return
      // behind a dialog nothing is done but what the main process does: saving, zooming
      if (document.querySelector('dialog[open]') && commands[id].by === 'window') return
      if (isTextField(event.target) && isTyping(event, id)) return
      if (perform(id)) event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}

/** Signs are text, a field's own undo is the browser's work, and so is Escape where there is text to be left or cleared. */
function isTyping(event: KeyboardEvent, id: string): boolean {
  const sign = event.key.length === 1 && !event.ctrlKey && !event.metaKey
  return sign || id === 'edit.undo' || id === 'edit.redo' || (event.key === 'Escape' && ownsEscape(event.target))
}

/** Not the fields of a scenario: Escape takes back the run that Enter in one of them has started. */
function ownsEscape(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'search')
}
