import { useEffect, useSyncExternalStore } from 'react'
import type { PlainError } from '../../engine/plain-error'
import type { Profile } from '../../engine/profile/columns'
import type { TreeAnswer, TreeArgs, TreeKind } from '../../engine/profile/tree-work'
import { change } from './store'
import { TreesClient, type TreesThread } from './trees-client'
import { threadUrl } from './thread-url'

/** The window's one maker of trees; whoever reads the store without a hook is told that an answer has come. */
export const trees = new TreesClient(
  () => new Worker(threadUrl, { name: 'trees', type: 'module' }) as unknown as TreesThread,
  () => change((state) => { state.answers++ }),
)

export interface Trees<Kind extends TreeKind> {
  /** Null: it is being made, or cannot be. */
  answer: TreeAnswer<Kind> | null
  failure: PlainError | null
}

const nobody: readonly Profile[] = []

/** Asks for what is made of profiles, as long as the component shows it; `args` null: asks for nothing. */
export function useTrees<Kind extends TreeKind>(kind: Kind, profiles: readonly Profile[], args: TreeArgs<Kind> | null): Trees<Kind> {
  const asked = args !== null
  const [a, b] = asked ? profiles : nobody
  const key = JSON.stringify(args)
  useEffect(() => {
    const of = [a, b].filter((profile) => profile !== undefined)
    return of.length > 0 ? trees.want(kind, of, JSON.parse(key) as TreeArgs<Kind>) : undefined
  }, [kind, a, b, key])
  const answer = useSyncExternalStore(trees.subscribe, () => (asked ? trees.now(kind, profiles, args) : null))
  const failure = useSyncExternalStore(trees.subscribe, () => (asked ? trees.failure(kind, profiles, args) : null))
  return { answer, failure }
}
