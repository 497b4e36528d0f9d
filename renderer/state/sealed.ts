import type { Profile } from '../../engine/profile/columns'

class Sealed {}

/**
 * The profile as the store keeps it. Not a plain object any more, so that immer neither walks its columns nor copies
 * them into patches: undoing a deletion brings back the very same profile, with all trees and layouts made from it.
 */
export function sealed(profile: Profile): Profile {
  return profile instanceof Sealed ? profile : Object.freeze(Object.assign(new Sealed(), profile))
}
