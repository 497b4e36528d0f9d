/** Once the list is painted anew: the button of a run, or of the one that is selected when it is gone. */
export function focusRun(id: string | null): void {
  requestAnimationFrame(() => {
    const list = document.querySelector('[data-testid="runs-list"]')
    const own = id === null ? null : list?.querySelector<HTMLElement>(`[data-run="${CSS.escape(id)}"] .run-select`)
    const other = own ?? list?.querySelector<HTMLElement>('.run-item.selected .run-select')
    // a name that is being changed keeps the focus, and so does a dialog
    if (!document.querySelector('dialog[open], .run-rename')) other?.focus()
  })
}
