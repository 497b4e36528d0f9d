class Sealed {}

/**
 * Columns as the store keeps them: profiles, recordings. Not a plain object any more, so that immer neither walks the
 * columns nor copies them into patches: undoing a deletion brings back the very same profile, with all trees and
 * layouts made from it.
 */
export function sealed<T extends object>(columns: T): T {
  return columns instanceof Sealed ? columns : Object.freeze(Object.assign(new Sealed(), columns))
}
