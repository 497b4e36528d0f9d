import { PlainErrorException } from '../plain-error'
import { sessionFormat, sessionVersion } from './schema'

/** Turns a manifest of version n into one of version n + 1. */
export type UpgradeStep = (manifest: Record<string, unknown>) => Record<string, unknown>

/** `steps[n]` upgrades version n. A new version adds its step here and keeps all the others for ever. */
export const upgradeSteps: Readonly<Record<number, UpgradeStep>> = {}

/** Brings a manifest to the current version step by step, or says why it cannot be read. */
export function upgradeManifest(
  fileName: string, manifest: unknown, steps = upgradeSteps, target: number = sessionVersion,
): Record<string, unknown> {
  const refuse = (what: string, todo?: string) =>
    new PlainErrorException({ what, where: fileName, ...(todo ? { todo } : {}) })
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    throw refuse('Its manifest is not an object, so this is no Worldswitch session.')
  }
  let current = manifest as Record<string, unknown>
  if (current['format'] !== sessionFormat) {
    throw refuse(`Its manifest does not say "${sessionFormat}", so this is no Worldswitch session.`)
  }
  const version = current['version']
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw refuse(`The version of its manifest is ${JSON.stringify(version)}, which is no version number.`)
  }
  if (version > target) {
    throw refuse(
      `The session has format version ${version}; this Worldswitch reads up to version ${target}.`,
      'Open it with a newer Worldswitch.',
    )
  }
  for (let from = version; from < target; from++) {
    const step = steps[from]
    if (!step) {
      throw refuse(`The session has format version ${version}, from which there is no way to version ${target}.`)
    }
    current = { ...step(current), version: from + 1 }
  }
  return current
}
