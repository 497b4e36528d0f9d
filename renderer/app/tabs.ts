import { lazy, type ComponentType } from 'react'
import { viewIds, type ViewId } from '../../engine/session/document'
import { CompareView } from '../views/compare/CompareView'
import { FlameView } from '../views/flame/FlameView'

interface View {
  view: ComponentType
  /** Reads its part of the program from the disk, before it is shown for the first time. */
  load?: () => Promise<unknown>
}

function later<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name): View {
  return { view: lazy(async () => ({ default: (await load())[name] as ComponentType })), load }
}

/** The only place that knows all views. A start shows the first two; the others are loaded when somebody wants to see them. */
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
