import * as z from 'zod'
import { mainCommandIds } from '../engine/commands'
import { exportIds } from '../engine/exports/kinds'
import { maxFileBytes } from '../engine/window-api'

/**
 * Every channel from the window to the main process, with what may pass either way. The preload imports this
 * file's types only; `handle` in ipc.ts checks arguments and results against the schemas.
 */

const plainError = z.strictObject({
  what: z.string().max(10_000),
  where: z.string().max(10_000).exactOptional(),
  kept: z.string().max(10_000).exactOptional(),
  todo: z.string().max(10_000).exactOptional(),
})

/** Larger than any manifest that is opened again (engine/session/archive.ts). */
const mostManifestText = 64 << 20

const theme = z.enum(['light', 'dark', 'system'])
const id = z.int().nonnegative()
const nothing = z.void()
const undoWords = z.string().max(1000).nullable()

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.byteLength <= maxFileBytes, {
  error: 'not bytes, or more than a file may have',
})

const appInfo = z.strictObject({
  version: z.string(),
  source: z.strictObject({ revision: z.string(), date: z.string() }).nullable(),
  electron: z.string(),
  chrome: z.string(),
  platform: z.string(),
  runtime: z.string(),
  sandbox: z.enum(['on', 'off']),
  tour: z.boolean(),
  filesAtStart: z.boolean(),
  firstRunBytes: z.int().positive().nullable(),
  theme,
  dark: z.boolean(),
})

const saveResult = z.discriminatedUnion('saved', [
  z.strictObject({ saved: z.literal(true), fileName: z.string() }),
  z.strictObject({ saved: z.literal(false), error: plainError }),
])

const exportResult = z.discriminatedUnion('saved', [
  z.strictObject({ saved: z.literal(true), fileName: z.string() }),
  z.strictObject({ saved: z.literal(false), error: plainError.nullable() }),
])

const fileName = z.string().max(4096)
const pickedFile = z.discriminatedUnion('kind', [
  z.strictObject({ fileName, kind: z.literal('session'), bytes }),
  z.strictObject({ fileName, kind: z.literal('machine'), bytes }),
  z.strictObject({ fileName, kind: z.literal('rules'), bytes }),
  z.strictObject({ fileName, kind: z.literal('profile'), sealedPath: z.string() }),
])

/** 64 hexadecimal digits: nothing of a path. */
const digest = z.string().regex(/^[0-9a-f]{64}$/)
const kept = z.strictObject({ missing: z.array(digest), error: plainError.nullable() })

const diagnostics = z.strictObject({
  facts: z.array(z.strictObject({ label: z.string(), value: z.string() })), errors: z.array(z.string()),
})

export const contract = {
  'app:ready': { args: z.tuple([]), result: appInfo },
  'app:info': { args: z.tuple([]), result: appInfo },
  'app:diagnostics': { args: z.tuple([]), result: diagnostics },
  'document:set-dirty': { args: z.tuple([z.boolean()]), result: nothing },
  'document:save': { args: z.tuple([id, bytes]), result: saveResult },
  'document:save-failed': { args: z.tuple([id, plainError]), result: nothing },
  'document:opened': { args: z.tuple([id, z.boolean()]), result: nothing },
  'document:dropped': { args: z.tuple([z.string().min(1).max(4096)]), result: pickedFile.nullable() },
  'document:may-replace': { args: z.tuple([]), result: z.boolean() },
  'document:adopted': { args: z.tuple([fileName]), result: nothing },
  'recovery:profile': { args: z.tuple([digest, bytes]), result: kept },
  'recovery:copy': { args: z.tuple([z.string().max(mostManifestText), z.array(digest).max(10_000)]), result: kept },
  'export:save': {
    args: z.tuple([fileName, z.enum(['png', 'svg', 'html', 'markdown', 'rules', ...exportIds]), bytes]), result: exportResult,
  },
  'menu:perform': { args: z.tuple([z.enum(mainCommandIds)]), result: nothing },
  'menu:history': { args: z.tuple([undoWords, undoWords]), result: nothing },
  'theme:set': { args: z.tuple([theme]), result: nothing },
  'engine:restart': { args: z.tuple([]), result: nothing },
} as const

export type Channel = keyof typeof contract
export type Arguments<C extends Channel> = z.infer<(typeof contract)[C]['args']>
export type Result<C extends Channel> = z.infer<(typeof contract)[C]['result']>

/** From the main process to the window: events (WindowEvent) and the engine's port. */
export const eventChannel = 'worldswitch:event'
export const portChannel = 'worldswitch:engine-port'
export type EventChannel = typeof eventChannel
export type PortChannel = typeof portChannel
