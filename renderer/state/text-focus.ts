const textTypes: readonly string[] = ['text', 'search', 'number', 'email', 'url', 'tel', 'password']

export function isTextField(target: EventTarget | null): target is HTMLElement {
  if (!(target instanceof HTMLElement)) return false
  return target.tagName === 'TEXTAREA' || target.isContentEditable
    || (target instanceof HTMLInputElement && textTypes.includes(target.type))
}

/** The text field that has the focus, where typing and its own undo go. */
export function focusedText(): HTMLElement | null {
  return typeof document !== 'undefined' && isTextField(document.activeElement) ? document.activeElement : null
}
