import type { ElectronApplication } from '@playwright/test'

export interface DialogCall {
  kind: 'open' | 'save' | 'message' | 'error'
  title: string
  message: string
  detail: string
  buttons: string[]
}

interface DialogStub {
  open: string[] | null
  save: string | null
  message: number | null
  /** Taken before `message`, each once. */
  messages: number[]
  calls: DialogCall[]
}

/** What the stubs answer next; null is "cancelled" (for a message: its own cancel button). */
export interface DialogAnswers {
  open?: string[] | null
  save?: string | null
  message?: number | null
  messages?: number[]
}

/** A real dialog would wait for ever under Xvfb: every one is answered and recorded from the start. */
export const installDialogStubs = (electronApp: ElectronApplication, answers: DialogAnswers): Promise<void> =>
  electronApp.evaluate(({ dialog }, first) => {
    const holder = globalThis as unknown as { worldswitchDialogs?: DialogStub }
    const stub: DialogStub = { open: null, save: null, message: null, messages: [], ...first, calls: [] }
    holder.worldswitchDialogs = stub
    // Both forms exist: with the parent window first, and without.
    const optionsOf = (args: unknown[]) => (args.length > 1 ? args[1] : args[0]) as Record<string, unknown>
    const text = (value: unknown) => (typeof value === 'string' ? value : '')
    const record = (kind: DialogCall['kind'], args: unknown[]) => {
      const options = optionsOf(args)
      const buttons = Array.isArray(options['buttons']) ? options['buttons'].map(String) : []
      const { title, message, detail } = options
      stub.calls.push({ kind, title: text(title), message: text(message), detail: text(detail), buttons })
      return options
    }
    Object.assign(dialog, {
      showOpenDialog: (...args: unknown[]) => {
        record('open', args)
        return Promise.resolve({ canceled: stub.open === null, filePaths: stub.open ?? [] })
      },
      showSaveDialog: (...args: unknown[]) => {
        record('save', args)
        return Promise.resolve({ canceled: stub.save === null, filePath: stub.save ?? '' })
      },
      showMessageBox: (...args: unknown[]) => {
        const { cancelId, signal } = record('message', args)
        const cancelled = { response: typeof cancelId === 'number' ? cancelId : 0, checkboxChecked: false }
        // one that the program itself closes stays until then
        if (signal instanceof AbortSignal) return new Promise((resolve) => signal.addEventListener('abort', () => resolve(cancelled)))
        const answer = stub.messages.shift() ?? stub.message
        return Promise.resolve(answer === null ? cancelled : { ...cancelled, response: answer })
      },
      showErrorBox: (title: string, content: string) => {
        stub.calls.push({ kind: 'error', title, message: content, detail: '', buttons: [] })
      },
    })
  }, answers)

export const answerDialogs = (electronApp: ElectronApplication, answers: DialogAnswers): Promise<void> =>
  electronApp.evaluate((_electron, next) => {
    const holder = globalThis as unknown as { worldswitchDialogs: DialogStub }
    Object.assign(holder.worldswitchDialogs, next)
  }, answers)

export const dialogCalls = (electronApp: ElectronApplication): Promise<DialogCall[]> =>
  electronApp.evaluate(() => (globalThis as unknown as { worldswitchDialogs: DialogStub }).worldswitchDialogs.calls)
