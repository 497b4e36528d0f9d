import { useLayoutEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import { Group, Panel, Separator, usePanelRef } from 'react-resizable-panels'
import { useWorkbench } from '../state/store'
import { Inspector } from '../views/inspector/Inspector'

/** Pixels of the inspector beside and below the view; each is remembered under its name. */
const beside = { name: 'inspector-width', size: 250, min: 224, max: 480, centre: 480 }
const below = { name: 'inspector-height', size: 104, min: 60, max: 320, centre: 260 }

/** In a narrow window the inspector docks below the view, so that neither is cut. The view stays what it is: only its place changes. */
export function ViewAndInspector({ children }: { children: ReactNode }) {
  const wide = useMedia('(min-width: 1200px)')
  const place = wide ? beside : below
  const group = useRef<HTMLDivElement>(null)
  const inspector = usePanelRef()
  const placed = useRef(place)
  const [folded, setFolded] = useState(false)
  const toggled = useWorkbench((state) => state.shell.inspectorToggled)
  const seen = useRef(toggled)
  useLayoutEffect(() => {
    if (seen.current === toggled) return
    seen.current = toggled
    if (inspector.current?.isCollapsed()) inspector.current.expand()
    else {
      if (document.activeElement?.closest('.inspector')) focusView()
      inspector.current?.collapse()
    }
  }, [toggled, inspector])
  useLayoutEffect(() => {
    if (placed.current === place) return
    placed.current = place
    inspector.current?.resize(remembered(place))
  }, [place, inspector])
  return (
    <Group orientation={wide ? 'horizontal' : 'vertical'} id="inner" elementRef={group} onLayoutChanged={(layout, { isUserInteraction }) => {
      if (!isUserInteraction || !group.current) return
      // of the layout that is told: the panels have its sizes only later
      const all = wide ? group.current.offsetWidth : group.current.offsetHeight
      localStorage.setItem(place.name, `${Math.round((all * layout['inspector']!) / 100)}`)
    }}>
      <Panel id="centre" minSize={place.centre}>{children}</Panel>
      <Separator className={`splitter ${wide ? 'vertical' : 'horizontal'}`} />
      <Panel id="inspector" panelRef={inspector} collapsible minSize={place.min} defaultSize={remembered(place)} maxSize={place.max}
        groupResizeBehavior="preserve-pixel-size" className={wide ? '' : 'docked-below'} onResize={({ inPixels }) => setFolded(inPixels < 1)}>
        {/* folded away, nothing in it takes the focus */}
        {!folded && <Inspector />}
      </Panel>
    </Group>
  )
}

/** What has the focus in a folded inspector is gone: the next key is for the view. */
function focusView(): void {
  document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus()
}

function remembered({ name, size }: typeof beside): number {
  const pixels = Number(localStorage.getItem(name) ?? size)
  return Number.isFinite(pixels) ? pixels : size
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => window.matchMedia(query).matches,
  )
}
