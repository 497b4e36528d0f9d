import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import './widgets.css'

export interface MenuItem {
  id: string
  label: string
  mark?: ReactNode
  /** As in the map of commands. */
  keys?: string | undefined
  /** Of a choice: whether it is the chosen one. */
  checked?: boolean
  run(): void
}

interface MenuProps {
  label: string
  /** Where its corner would be; it is moved so far that all of it is seen. */
  at: { x: number; y: number }
  /** Sections, divided by lines. */
  sections: readonly (readonly MenuItem[])[]
  onClose: () => void
}

/** A context menu, for mouse and keys, in the top layer. Whoever opens it gives the focus back in `onClose`. */
export function Menu({ label, at, sections, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = menu.current
    if (!element) return
    element.showPopover()
    const { width, height } = element.getBoundingClientRect()
    element.style.left = `${Math.max(0, Math.min(at.x, window.innerWidth - width))}px`
    element.style.top = `${Math.max(0, Math.min(at.y, window.innerHeight - height))}px`
    itemsOf(element)[0]?.focus()
  }, [at])
  useEffect(() => {
    const outside = (event: Event) => {
      if (!(event.target instanceof Node && menu.current?.contains(event.target))) onClose()
    }
    window.addEventListener('pointerdown', outside, true)
    window.addEventListener('blur', onClose)
    window.addEventListener('resize', onClose)
    return () => {
      window.removeEventListener('pointerdown', outside, true)
      window.removeEventListener('blur', onClose)
      window.removeEventListener('resize', onClose)
    }
  }, [onClose])
  return (
    <div ref={menu} popover="manual" role="menu" aria-label={label} className="menu" data-testid="menu"
      onKeyDown={(event) => onKey(event, menu.current, onClose)} onContextMenu={(event) => event.preventDefault()}>
      {sections.filter((section) => section.length > 0).map((section, index) => (
        <div key={index} role="group" className="menu-section">
          {section.map((item) => <Item key={item.id} item={item} onClose={onClose} />)}
        </div>
      ))}
    </div>
  )
}

function Item({ item, onClose }: { item: MenuItem; onClose: () => void }) {
  const choice = item.checked === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': item.checked }
  return (
    <button type="button" tabIndex={-1} className="menu-item" data-testid={`menu-${item.id}`} {...choice}
      onClick={() => {
        onClose()
        item.run()
      }}>
      <span className="menu-mark" aria-hidden="true">{item.checked ? '✓' : ''}</span>
      {item.mark}
      <span className="menu-label">{item.label}</span>
      {item.keys && <kbd aria-hidden="true">{item.keys}</kbd>}
    </button>
  )
}

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return menu ? [...menu.querySelectorAll<HTMLElement>('.menu-item')] : []
}

function onKey(event: KeyboardEvent, menu: HTMLElement | null, onClose: () => void): void {
  // nothing of what a key means elsewhere is meant here
  event.stopPropagation()
  const items = itemsOf(menu)
  const at = items.indexOf(document.activeElement as HTMLElement)
  const go = (to: number) => items[(to + items.length) % items.length]?.focus()
  if (event.key === 'ArrowDown') go(at + 1)
  else if (event.key === 'ArrowUp') go(at - 1)
  else if (event.key === 'Home') go(0)
  else if (event.key === 'End') go(-1)
  else if (event.key === 'Escape' || event.key === 'Tab') onClose()
  else if (event.key.length === 1 && event.key !== ' ') {
    const wanted = event.key.toLowerCase()
    const from = [...items.slice(at + 1), ...items.slice(0, at + 1)]
    from.find((item) => item.querySelector('.menu-label')?.textContent?.toLowerCase().startsWith(wanted))?.focus()
    return
  } else return
  event.preventDefault()
}
