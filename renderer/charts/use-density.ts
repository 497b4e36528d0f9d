import { useSyncExternalStore } from 'react'

/**
 * Screen pixels a CSS pixel. It changes with the zoom of everything and from one screen to another; a canvas keeps the
 * pixels that it was made with, so charts are made anew: `key={density}` on their element, and a dependency of the effect.
 */
export function useDensity(): number {
  return useSyncExternalStore(watch, now)
}

function now(): number {
  return window.devicePixelRatio || 1
}

function watch(changed: () => void): () => void {
  let query: MediaQueryList
  // a query knows one density only: each change asks for the next
  const again = () => {
    query?.removeEventListener('change', again)
    query = window.matchMedia(`(resolution: ${now()}dppx)`)
    query.addEventListener('change', again)
    changed()
  }
  again()
  return () => query.removeEventListener('change', again)
}
