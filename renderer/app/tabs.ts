import { viewIds, type ViewId } from '../../engine/session/document'
import { CompareView } from '../views/compare/CompareView'
import { FlameView } from '../views/flame/FlameView'
import { MethodView } from '../views/method/MethodView'
import { WhatIfView } from '../views/what-if/WhatIfView'
import { SweepsView } from '../views/sweeps/SweepsView'
import { NotesView } from '../views/notes/NotesView'
import { PacketView } from '../views/packet/PacketView'
import { Table2View } from '../views/table2/Table2View'
import { TimelineView } from '../views/timeline/TimelineView'

/** The only place that knows all views. */
const views: { [Id in ViewId]?: () => React.JSX.Element } = {
  flame: FlameView,
  table: Table2View,
  timeline: TimelineView,
  packet: PacketView,
  compare: CompareView,
  sweeps: SweepsView,
  notes: NotesView,
  'what-if': WhatIfView,
  method: MethodView,
}

export interface Tab {
  id: ViewId
  view: () => React.JSX.Element
}

export const tabs: readonly Tab[] = viewIds.flatMap((id) => {
  const view = views[id]
  return view ? [{ id, view }] : []
})
