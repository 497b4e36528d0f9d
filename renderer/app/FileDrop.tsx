import { useRef, useState, type ReactNode } from 'react'
import { openDropped } from '../state/actions-documents'

/** The whole window takes files; what will happen is said while they hover. */
export function FileDrop({ children }: { children: ReactNode }) {
  const [over, setOver] = useState(false)
  // enter and leave come for every element on the way
  const depth = useRef(0)
  const isFiles = (transfer: DataTransfer) => transfer.types.includes('Files')
  return (
    <div className="app" data-testid="app"
      onDragEnter={(event) => {
        if (!isFiles(event.dataTransfer)) return
        depth.current++
        setOver(true)
      }}
      onDragLeave={() => {
        depth.current = Math.max(0, depth.current - 1)
        if (depth.current === 0) setOver(false)
      }}
      onDragOver={(event) => {
        if (!isFiles(event.dataTransfer)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
      }}
      onDrop={(event) => {
        depth.current = 0
        setOver(false)
        if (!isFiles(event.dataTransfer)) return
        event.preventDefault()
        void openDropped([...event.dataTransfer.files])
      }}>
      {children}
      {over && <div className="drop-hint">Drop a session to open it, a profile to add it, two profiles to compare them, rules to classify by them</div>}
    </div>
  )
}
