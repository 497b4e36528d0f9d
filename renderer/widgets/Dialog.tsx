import { useEffect, useRef, type ReactNode } from 'react'
import './widgets.css'

interface DialogProps {
  title: string
  onClose: () => void
  children: ReactNode
}

/** The platform's own modal dialog: it keeps the focus inside, closes on Escape, and gives the focus back. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog className="dialog" ref={dialog} aria-label={title} onClose={onClose}>
      <header>
        <h2>{title}</h2>
        <button type="button" className="button bare" onClick={onClose}>Close</button>
      </header>
      {children}
    </dialog>
  )
}
