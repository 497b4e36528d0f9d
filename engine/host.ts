import { crewOf } from './crew'
import { findExperiment } from './experiments/registry'
import { Simulation } from './experiments/simulation'
import { importSteps } from './formats/open-profile'
import type { JobTools } from './jobs'
import { JobQueue, parseRequest } from './jobs'
import { Parcels, parcelsOf } from './parcels'
import { PlainErrorException, plainErrorOf } from './plain-error'
import type { EngineEvent, SupervisorEvent, SupervisorRequest } from './protocol'
import { openSealedPath } from './sealed-path'
import { decodeSession, encodeProfile, encodeSession } from './session/archive'
import { openSourceFile } from './source-file'
import { engineVersion } from './version'

/**
 * Entry of the engine's own process. The main process supervises it over the parent port; requests and events
 * of the window go over a port that the main process hands in. Electron's types stay outside the engine: these
 * are the few members used.
 */
interface Port {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown; ports: Port[] }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

type EngineProcess = NodeJS.Process & { parentPort?: Port; crash?: () => void }

/** Given by the main process only when its own environment asks for test hooks. */
const testHooks = process.argv.includes('--test-hooks')
type TestRequest = { type: 'test'; what: 'crash' | 'hang' | 'memory' }

/** An exit right after a message may lose the message. */
const lastWordsMilliseconds = 50

const engineProcess = process as EngineProcess
const parent = engineProcess.parentPort
if (!parent) {
  console.error('This is the engine of Worldswitch: the app starts it. On a terminal use the command line (npm run cli).')
  process.exit(2)
}

const tellParent = (event: SupervisorEvent) => parent.postMessage(event)

/** The bundle of crew-member.ts stands beside this one. */
const crew = crewOf(new URL('engine-crew.mjs', import.meta.url))
/** From the main process, with each window. */
let sealKey = new Uint8Array(0)

const tools: JobTools = {
  simulate: (scenario) => new Simulation(scenario),
  importSteps,
  openFile(sealedPath) {
    const path = openSealedPath(sealKey, sealedPath)
    if (path === null) throw new PlainErrorException({ what: 'The engine opens only files that were picked in a dialog, dropped, or named at start.' })
    return openSourceFile(path)
  },
  experiment: (id, request) => findExperiment(id, request, crew),
  encodeSession: (session) => alone(encodeSession(session)),
  encodeProfile: (profile) => {
    const { bytes, sha256 } = encodeProfile(profile)
    return { bytes: alone(bytes), sha256 }
  },
  decodeSession,
  newId: () => globalThis.crypto.randomUUID(),
  now: () => performance.now(),
  busy: (bytes) => tellParent({ type: 'busy', bytes }),
}

/** A view into a larger buffer would be copied with all of the buffer on its way to the window. */
function alone(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()
}

let port: Port | null = null
let queue: JobQueue | null = null
let pumping = false
let dying = false

function pump(): void {
  pumping = !dying && queue !== null && queue.step()
  // setImmediate, not a promise: messages are delivered between two turns of the event loop.
  if (pumping) setImmediate(pump)
}

/** Undefined: there is more of it to come, or it is no parcel. */
function whole(parcels: Parcels, data: unknown): unknown {
  try {
    return parcels.hear(data)
  } catch (thrown) {
    console.error(`engine: part of a message refused: ${plainErrorOf(thrown).what}`)
    return undefined
  }
}

/** A new window, or the same one reloaded: what was running for the port before has nobody to hear it. */
function connect(fresh: Port): void {
  port?.close()
  queue?.abandon()
  port = fresh
  let sent = 0
  const emit = (event: EngineEvent) => {
    for (const { post } of parcelsOf(++sent, event)) fresh.postMessage(post)
  }
  const parcels = new Parcels()
  const own = new JobQueue(tools, emit)
  queue = own
  fresh.on('message', ({ data }) => {
    const message = whole(parcels, data)
    if (message === undefined) return
    const parsed = parseRequest(message)
    if ('request' in parsed) own.submit(parsed.request)
    else if (parsed.job !== null) {
      emit({ type: 'failed', job: parsed.job, error: { what: `The engine refused a message: ${parsed.problem}` } })
    } else console.error(`engine: message refused: ${parsed.problem}`)
    if (!pumping) {
      pumping = true
      setImmediate(pump)
    }
  })
  fresh.on('close', () => {
    own.abandon()
    if (queue === own) queue = null
  })
  fresh.start()
  emit({ type: 'ready', engineVersion })
}

function doTest(what: TestRequest['what']): void {
  if (!testHooks) return
  if (what === 'crash') engineProcess.crash?.()
  const held: number[][] = []
  for (;;) {
    if (what === 'memory') held.push(new Array<number>(100_000).fill(held.length))
    if (dying) return
  }
}

parent.on('message', ({ data, ports }) => {
  const request = data as SupervisorRequest | TestRequest
  if (request.type === 'ping') tellParent({ type: 'pong', nonce: request.nonce })
  else if (request.type === 'connect' && ports[0]) {
    sealKey = new Uint8Array(request.sealKey)
    connect(ports[0])
  }
  else if (request.type === 'test') doTest(request.what)
})

/** After an unforeseen error nothing in this process can be trusted: say why, and let the supervisor start another. */
function die(thrown: unknown): void {
  dying = true
  console.error(thrown)
  tellParent({ type: 'fatal', error: plainErrorOf(thrown) })
  setTimeout(() => process.exit(1), lastWordsMilliseconds)
}
process.on('uncaughtException', die)
process.on('unhandledRejection', die)
