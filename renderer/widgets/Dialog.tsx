import { useLayoutEffect, useRef, type ReactNode } from 'react'
import './widgets.css'

interface DialogProps {
  title: string
  onClose: () => void
  /** Left out: the title stands above, with a button to close. */
  bare?: boolean
  children: ReactNode
}

/**
 * The platform's own modal dialog: it keeps the focus inside, closes on Escape, and gives the focus back. It begins at
 * what has `data-autofocus`.
 */
export function Dialog({ title, onClose, bare, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const mounted = useRef(false)
  // a layout effect's end comes while the element is still in the page: only then does it give the focus back
  useLayoutEffect(() => {
    const element = dialog.current
    mounted.current = true
    element?.showModal()
    element?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => {
      mounted.current = false
      element?.close()
    }
  }, [])
  return (
    <dialog className={`dialog${bare ? ' bare' : ''}`} ref={dialog} aria-label={title}
      onClose={() => { if (mounted.current) onClose() }}>
      {!bare && (
        <header>
          <h2>{title}</h2>
          <button type="button" className="button bare" onClick={onClose}>Close</button>
        </header>
      )}
      {children}
    </dialog>
  )
}
