// first here as in main.tsx: what both load is one part, and what comes first in it decides for all of it
import '../zod-without-eval'
import { plainErrorOf } from '../../engine/plain-error'
import { makeTrees } from '../../engine/profile/tree-work'
import { ArrivedProfiles, packed, type FromTrees, type ToTrees, type TreeRequest } from './trees-parcel'

/** The thread in which trees of large profiles are made. It knows the engine and nothing of the page. */
const page = globalThis as unknown as {
  postMessage(message: FromTrees, transfer: ArrayBuffer[]): void
  addEventListener(type: 'message', listener: (event: { data: ToTrees }) => void): void
}

const profiles = new ArrivedProfiles()

page.addEventListener('message', ({ data }) => {
  if (data.type === 'make') answer(data)
  else profiles.hear(data)
})

function answer({ job, kind, profiles: ids, args }: TreeRequest): void {
  try {
    const of = ids.map((id) => profiles.get(id))
    const parcel = packed(makeTrees(kind, of, args), of)
    page.postMessage({ type: 'made', job, answer: parcel.answer } as FromTrees, parcel.transfer)
  } catch (thrown) {
    page.postMessage({ type: 'failed', job, error: plainErrorOf(thrown) }, [])
  }
}
