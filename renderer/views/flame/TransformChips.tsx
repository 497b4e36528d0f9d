import { useRef } from 'react'
import { clearTransforms, removeTransform } from '../../state/actions-flame'
import { leftWords } from '../../state/flame-units'
import type { ShownFlame } from '../../state/flame-shown'
import { transformWords } from '../../state/transform-words'
import { useWorkbench } from '../../state/store'

/** What is done to the profile before it is drawn, in its order; each step can be taken away, and undone. */
export function TransformChips({ flame }: { flame: ShownFlame }) {
  const transforms = useWorkbench((state) => state.document.view.transforms)
  const list = useRef<HTMLUListElement>(null)
  if (!transforms || transforms.length === 0) return null
  const remove = (index: number) => {
    removeTransform(index)
    // the focus goes to the step that took its place, or back to the picture
    requestAnimationFrame(() => {
      const buttons = list.current?.querySelectorAll('button') ?? []
      const next = buttons[Math.min(index, buttons.length - 1)] ?? document.querySelector<HTMLElement>('[data-testid="flame-canvas"]')
      next?.focus()
    })
  }
  return (
    <div className="flame-chips" data-testid="flame-chips">
      <ul ref={list} aria-label="Steps of the flame">
        {transforms.map((transform, index) => {
          const words = transformWords(transform)
          const found = flame.found[index] === true
          return (
            <li key={index} className={`step-chip${found ? '' : ' idle'}`} title={found ? words : `${words}: matches nothing in this profile`}>
              <span>{words}{found ? '' : ' (matches nothing)'}</span>
              <button type="button" aria-label={`Remove ${words}`} onClick={() => remove(index)}>×</button>
            </li>
          )
        })}
      </ul>
      <span className="quiet num" role="status" data-testid="flame-left">{leftWords(flame)}</span>
      {transforms.length > 1 && <button type="button" className="button bare" onClick={clearTransforms}>Remove all</button>}
    </div>
  )
}
