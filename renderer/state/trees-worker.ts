// first here as in main.tsx: what both load is one part, and what comes first in it decides for all of it
import '../zod-without-eval'
import { Parcels } from '../../engine/parcels'
import { plainErrorOf } from '../../engine/plain-error'
import type { Profile } from '../../engine/profile/columns'
import { makeTrees } from '../../engine/profile/tree-work'
import { packed, type FromTrees, type ToTrees, type TreeRequest } from './trees-parcel'

/** The thread in which trees of large profiles are made. It knows the engine and nothing of the page. */
const page = globalThis as unknown as {
  postMessage(message: FromTrees, transfer: ArrayBuffer[]): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
}

const parcels = new Parcels()
const profiles = new Map<number, Profile>()

page.addEventListener('message', ({ data }) => {
  const message = parcels.hear(data) as ToTrees | undefined
  if (message?.type === 'make') answer(message)
  else if (message?.type === 'profile') profiles.set(message.id, message.profile)
  else if (message) profiles.delete(message.id)
})

function answer({ job, kind, profiles: ids, args }: TreeRequest): void {
  try {
    const of = ids.map((id) => profiles.get(id)!)
    const parcel = packed(makeTrees(kind, of, args), of)
    page.postMessage({ type: 'made', job, answer: parcel.answer } as FromTrees, parcel.transfer)
  } catch (thrown) {
    page.postMessage({ type: 'failed', job, error: plainErrorOf(thrown) }, [])
  }
}
