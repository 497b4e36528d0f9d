import { importProfile } from '../../engine/formats/open-profile'
import { PlainErrorException } from '../../engine/plain-error'
import { callTree } from '../../engine/profile/tree'
import { layoutFlame } from '../../engine/profile/layout'
import { decodeSession } from '../../engine/session/archive'
import { kindOfFile } from '../../engine/session/kind'

export type Outcome = 'read' | 'refused'

/** Opens bytes as the window does, up to the first picture. Throws whatever is thrown that is no refusal in plain words. */
export function openCase(bytes: Uint8Array): Outcome {
  try {
    const name = 'case.bin'
    const profiles = bytes.length > 0 && kindOfFile(name, bytes) === 'session'
      ? decodeSession(name, bytes).session.runs.map(({ profile }) => profile)
      : [importProfile(name, bytes).profile]
    for (const profile of profiles) {
      const tree = callTree(profile, { weight: profile.defaultWeight, scope: 'total' })
      layoutFlame(tree)
    }
    return 'read'
  } catch (thrown) {
    if (!(thrown instanceof PlainErrorException)) throw thrown
    if (!/^\S.*[.?!"]$/s.test(thrown.plain.what)) throw new Error(`no sentence: ${thrown.plain.what}`, { cause: thrown })
    return 'refused'
  }
}
