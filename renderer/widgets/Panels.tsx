import { Group, useDefaultLayout, type GroupProps } from 'react-resizable-panels'

interface PanelsProps extends Omit<GroupProps, 'id' | 'defaultLayout' | 'onLayoutChanged'> {
  id: string
  /** Of the panels in it, in their order. */
  panelIds: string[]
  /** Keep also what a new size of the window made of the shares: for panels that keep their pixels. */
  always?: boolean
}

/** Panels between splitters that are again where they were put: after a look at another view, and after a restart. */
export function Panels({ id, panelIds, always = false, ...group }: PanelsProps) {
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({ id, panelIds, storage: localStorage, onlySaveAfterUserInteractions: !always })
  return <Group {...group} id={id} defaultLayout={defaultLayout} onLayoutChanged={onLayoutChanged} />
}
