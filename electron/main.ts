import { join } from 'node:path'
import { app } from 'electron'
import { registerAppScheme } from './app-protocol'
import { filesFromArguments, handOverSchema } from './arguments'
import type { HandOver } from './arguments'
import { reportError, startLog } from './log'
import { Workbench } from './workbench'

// enableSandbox() would take away --no-sandbox, and as root every child process then dies at its start.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerAppScheme()
startLog()

const outFolder = join(__dirname, '..')
const ownPaths = app.isPackaged ? [] : [app.getAppPath(), outFolder, join(outFolder, '..'), __filename]
const files = filesFromArguments(process.argv, process.cwd(), ownPaths)
let workbench: Workbench | null = null

function start(): void {
  process.on('uncaughtException', (thrown) => workbench ? workbench.problem(thrown) : reportError('start', thrown))
  process.on('unhandledRejection', (thrown) => workbench ? workbench.problem(thrown) : reportError('start', thrown))
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const parsed = handOverSchema.safeParse(data)
    workbench?.welcome(parsed.success ? parsed.data.files : [])
  })
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(() => {
    workbench = new Workbench(outFolder, files)
  })
}

const handOver: HandOver = { files }
if (app.requestSingleInstanceLock({ ...handOver })) start()
else app.quit()
