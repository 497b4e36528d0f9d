import type { IpcMainInvokeEvent } from 'electron'
import { ipcMain } from 'electron'
import type { Arguments, Channel, Result } from './contract'
import { contract } from './contract'
import { isOwnUrl } from './own-url'

/** What the sender check looks at: a frame may be gone (null) by the time its message is read. */
type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'> & { sender: { mainFrame: IpcMainInvokeEvent['senderFrame'] } }

/** Only the top frame of a page of ours may ask for anything: no subframe, no other origin. */
export function isTrustedSender(event: Sender): boolean {
  const frame = event.senderFrame
  return frame !== null && frame.parent === null && isOwnUrl(frame.url) && frame === event.sender.mainFrame
}

type Work<C extends Channel> = (...args: Arguments<C>) => Result<C> | Promise<Result<C>>

/** The only way to answer the window: sender, arguments and result are checked here for every channel. */
export function handle<C extends Channel>(channel: C, work: Work<C>): void {
  ipcMain.handle(channel, async (event, ...args: unknown[]) => {
    if (!isTrustedSender(event)) throw new Error(`${channel}: refused, the sender is not the window of Worldswitch`)
    const { args: argsSchema, result: resultSchema } = contract[channel]
    const parsed = argsSchema.safeParse(args)
    if (!parsed.success) throw new Error(`${channel}: ${parsed.error.issues[0]?.message ?? 'wrong arguments'}`)
    return resultSchema.parse(await work(...(parsed.data as Arguments<C>)))
  })
}
