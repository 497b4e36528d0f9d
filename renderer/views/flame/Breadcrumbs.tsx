import type { CallTree } from '../../../engine/profile/tree'
import { labelOf } from '../../charts/scene'

interface BreadcrumbsProps {
  tree: CallTree
  rootLabel: string
  node: number
  onGo: (node: number) => void
}

/** The way from the whole to what is on screen; each step leads back. */
export function Breadcrumbs({ tree, rootLabel, node, onGo }: BreadcrumbsProps) {
  const steps: number[] = []
  for (let at = node; at >= 0; at = tree.parent[at]!) steps.push(at)
  steps.reverse()
  return (
    <nav className="breadcrumbs" aria-label="Zoom">
      <ol>
        {steps.map((step, index) => (
          <li key={step}>
            <button type="button" className="button bare" onClick={() => onGo(step)}
              aria-current={index === steps.length - 1 ? 'location' : undefined}>
              {labelOf({ tree, rootLabel }, step)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
