import type { UtilityProcess, WebContents } from 'electron'
import { MessageChannelMain, utilityProcess } from 'electron'
import type { SupervisorEvent, SupervisorRequest } from '../engine/protocol'
import type { EngineStateEvent } from '../engine/window-api'
import { newSealKey, sealPath } from '../engine/sealed-path'
import { portChannel } from './contract'
import { report, reportError } from './log'
import { Heartbeat, heartbeatMilliseconds, StartBudget } from './supervision'

/** Long enough to read "down" in the status bar, short enough not to be waited for. */
const restartDelayMilliseconds = 500
const lastWordsMilliseconds = 100

/** As Chromium calls it, in the list of processes too. */
export const engineName = 'Worldswitch engine'

const outOfMemory = 'the engine ran out of memory and was ended; what it worked on is too large for this machine'

const firstLine = (text: string) => text.split('\n', 1)[0] ?? ''

/**
 * The engine's process: started, owned and watched here. Requests and results do not pass through the main
 * process: window and engine share a MessageChannel, made anew for each start of either.
 */
export class EngineHost {
  private child: UtilityProcess | null = null
  private window: WebContents | null = null
  private budget = new StartBudget()
  private heartbeat = new Heartbeat()
  private beating: ReturnType<typeof setInterval> | null = null
  private restarting: ReturnType<typeof setTimeout> | null = null
  private stopped = false
  private readonly sealKey = newSealKey()
  /** What is known of the end before the process has ended: a fatal error's words, or that it hung. */
  private lastWords: string | null = null
  private state: EngineStateEvent = { type: 'engine:state', state: 'starting' }

  constructor(
    private readonly file: string,
    private readonly tell: (event: EngineStateEvent) => void,
    private readonly testHooks: boolean,
  ) {}

  start(): void {
    if (this.stopped || this.child) return
    if (!this.budget.take(Date.now())) {
      this.enter({ type: 'engine:state', state: 'failed', reason: this.state.reason ?? 'it ended three times in a minute' })
      return
    }
    this.enter({ type: 'engine:state', state: 'starting' })
    this.heartbeat = new Heartbeat()
    this.lastWords = null
    // Nothing of our environment: neither secrets nor switches such as NODE_OPTIONS concern the engine.
    const child = utilityProcess.fork(this.file, this.testHooks ? ['--test-hooks'] : [], {
      serviceName: engineName, stdio: ['ignore', 'inherit', 'pipe'], env: {},
      // of a test that fills it
      ...(this.testHooks ? { execArgv: ['--js-flags=--max-old-space-size=200'] } : {}),
    })
    this.child = child
    child.on('spawn', () => this.spawned(child))
    child.on('message', (event: SupervisorEvent) => this.heard(event))
    child.stderr?.on('data', (text: Buffer) => this.listen(child, text))
    // what it wrote last may be heard after its end
    child.on('exit', (code) => { setTimeout(() => this.ended(child, code), lastWordsMilliseconds) })
  }

  /** The window is ready for events and a port, for the first time or after a reload. */
  connect(window: WebContents): void {
    this.window = window
    this.tell(this.state)
    if (this.state.state === 'ready') this.join()
  }

  /** What the window may carry of a path that the user has picked: only the engine can open it. */
  seal(path: string): string {
    return sealPath(this.sealKey, path)
  }

  /** After 'failed', by the user's wish. */
  restart(): void {
    if (this.state.state !== 'failed') return
    this.budget.reset()
    this.start()
  }

  stop(): void {
    this.stopped = true
    if (this.restarting) clearTimeout(this.restarting)
    if (this.beating) clearInterval(this.beating)
    this.child?.kill()
  }

  /** Chromium's word on a process that is gone, before or after its 'exit'. */
  gone(reason: string): void {
    if (reason === 'oom') this.lastWords = outOfMemory
  }

  /** Only with test hooks: the engine ignores it otherwise. */
  test(what: 'crash' | 'hang' | 'memory'): void {
    this.child?.postMessage({ type: 'test', what })
  }

  private enter(state: EngineStateEvent): void {
    this.state = state
    this.tell(state)
  }

  private spawned(child: UtilityProcess): void {
    if (child !== this.child) return
    this.beating = setInterval(() => this.beat(child), heartbeatMilliseconds)
    this.enter({ type: 'engine:state', state: 'ready' })
    this.join()
  }

  private join(): void {
    if (!this.child || !this.window || this.window.isDestroyed()) return
    const { port1, port2 } = new MessageChannelMain()
    const request: SupervisorRequest = { type: 'connect', sealKey: this.sealKey }
    this.child.postMessage(request, [port1])
    this.window.postMessage(portChannel, null, [port2])
  }

  private beat(child: UtilityProcess): void {
    const next = this.heartbeat.beat(Date.now())
    if (next !== 'hung') {
      const request: SupervisorRequest = { type: 'ping', nonce: next }
      child.postMessage(request)
      return
    }
    this.lastWords = 'the engine stopped answering and was ended'
    // A stopped process would keep a polite signal until it goes on, which is never.
    try {
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL')
    } catch (thrown) {
      // It ended by itself in this very moment; 'exit' says so.
      reportError('engine', thrown)
    }
  }

  private heard(event: SupervisorEvent): void {
    if (event.type === 'pong') this.heartbeat.pong(event.nonce)
    else if (event.type === 'busy') this.heartbeat.busy(Date.now(), event.bytes)
    else {
      // The first line only: a stack or the data it quotes is for the log of the engine's own terminal.
      this.lastWords = firstLine(event.error.what)
      reportError('engine', this.lastWords)
    }
  }

  /** V8 says in words why it cannot go on, and in no other way: 'exit' has only a number, the same for every such end. */
  private listen(child: UtilityProcess, text: Buffer): void {
    process.stderr.write(text)
    if (child === this.child && /out of memory|allocation failed/i.test(text.toString())) this.lastWords = outOfMemory
  }

  private ended(child: UtilityProcess, code: number): void {
    if (child !== this.child) return
    this.child = null
    if (this.beating) clearInterval(this.beating)
    this.beating = null
    if (this.stopped) return
    const reason = this.lastWords ?? `the engine ended unexpectedly (code ${code})`
    report(`engine: ${reason}`)
    this.enter({ type: 'engine:state', state: 'down', reason })
    this.restarting = setTimeout(() => this.start(), restartDelayMilliseconds)
  }
}
