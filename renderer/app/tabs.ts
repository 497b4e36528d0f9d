import { createElement, lazy, useState, type ComponentType } from 'react'
import { viewIds, type ViewId } from '../../engine/session/document'
import { CompareView } from '../views/compare/CompareView'
import { FlameView } from '../views/flame/FlameView'

interface View {
  view: ComponentType
  /** Reads its part of the program from the disk; left out: a start has it. */
  load?: () => Promise<void>
}

/** Loaded by then it is shown at once, and else as soon as it is there. */
function later<Name extends string>(read: () => Promise<Record<Name, ComponentType>>, name: Name): View {
  let known: ComponentType | null = null
  const load = async () => { known = (await read())[name] }
  const Later = lazy(async () => {
    await load()
    return { default: known! }
  })
  function Shown() {
    // one of the two as long as it is shown: in place of the other it would begin anew
    const [chosen] = useState(() => ({ is: known ?? Later }))
    return createElement(chosen.is)
  }
  return { view: Shown, load }
}

/** The only place that knows all views. A start shows the first two; the others are loaded when it has been shown. */
const views: Record<ViewId, View> = {
  flame: { view: FlameView },
  compare: { view: CompareView },
  table: later(() => import('../views/table2/Table2View'), 'Table2View'),
  timeline: later(() => import('../views/timeline/TimelineView'), 'TimelineView'),
  packet: later(() => import('../views/packet/PacketView'), 'PacketView'),
  sweeps: later(() => import('../views/sweeps/SweepsView'), 'SweepsView'),
  'what-if': later(() => import('../views/what-if/WhatIfView'), 'WhatIfView'),
  method: later(() => import('../views/method/MethodView'), 'MethodView'),
  notes: later(() => import('../views/notes/NotesView'), 'NotesView'),
}

export interface Tab extends View {
  id: ViewId
}

export const tabs: readonly Tab[] = viewIds.map((id) => ({ id, ...views[id] }))

let loading = false

/** One after another, each while nothing else is to be done; the first call does it. */
export function loadViews(): void {
  if (loading) return
  loading = true
  const waiting = tabs.flatMap(({ load }) => load ?? [])
  const next = () => {
    const load = waiting.shift()
    // a view that cannot be read says so when it is shown
    if (load) requestIdleCallback(() => void load().catch(() => undefined).finally(next))
  }
  next()
}
