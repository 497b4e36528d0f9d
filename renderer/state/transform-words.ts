import type { FrameRef, Transform } from '../../engine/profile/transforms'
import { worldIds, worldNames } from '../../engine/worlds'
import { moduleOfStep, nameOfStep } from './frame-path'

export function refOf(step: string): FrameRef {
  return { name: nameOfStep(step), module: moduleOfStep(step) }
}

/** A transform as its chip says it: "focus VMM time", "hide swapper". */
export function transformWords(transform: Transform): string {
  switch (transform.kind) {
    case 'focus-function': return `focus ${transform.frame.name}`
    case 'focus-path': return `focus path to ${transform.path[transform.path.length - 1]?.name ?? 'nothing'}`
    case 'hide-function': return `hide ${transform.frame.name}`
    case 'merge-function': return `merge ${transform.frame.name}`
    case 'collapse-recursion': return `collapse recursion of ${transform.frame.name}`
    case 'collapse-module': return `collapse module ${shortModule(transform.module) || 'unknown'}`
    case 'only-world': return `only ${worldNames[worldIds.indexOf(transform.world)] ?? transform.world}`
    default: return 'a step of a newer version'
  }
}

/** A module's path would push figures out of sight: its last part tells it apart. */
export function shortModule(module: string): string {
  return module.slice(module.lastIndexOf('/') + 1)
}
