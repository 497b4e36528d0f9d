import { cpumodeNames } from '../../engine/profile/classify/cpumode'
import { callersRow, type Rule } from '../../engine/profile/classify/rule'
import { importedRowById } from '../../engine/profile/classify/rows'
import { worldIds, worldNames } from '../../engine/worlds'

export function worldName(id: string): string {
  return worldNames[worldIds.indexOf(id)] ?? id
}

export function rowName(id: string): string {
  return id === callersRow ? 'the caller’s row' : importedRowById.get(id)?.label ?? id
}

/** Conditions of a rule in one line, those that tell most first: lists cut the end off. */
export function conditionsOf({ thread, frame, module, mode, idle, inside, outside }: Rule): string {
  const worlds = (ids: readonly string[]) => ids.map(worldName).join(', ')
  return [
    ...(frame === undefined ? [] : [`frame ${frame}`]),
    ...(module === undefined ? [] : [`module ${module}`]),
    ...(thread === undefined ? [] : [`thread ${thread}`]),
    ...(mode === undefined ? [] : [`mode ${mode.map((one) => cpumodeNames[one]).join(', ')}`]),
    ...(idle === undefined ? [] : [idle ? 'idle task' : 'not the idle task']),
    ...(inside === undefined ? [] : [`called in ${worlds(inside)}`]),
    ...(outside === undefined ? [] : [`not called in ${worlds(outside)}`]),
  ].join('; ') || 'no condition'
}
