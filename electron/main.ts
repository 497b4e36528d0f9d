import { join } from 'node:path'
import { app } from 'electron'
import { registerAppScheme } from './app-protocol'
import { filesFromArguments, handOverSchema, wishFromArguments } from './arguments'
import type { HandOver } from './arguments'
import { cliArguments, runCommandLine } from './command-line'
import { reportError, startLog } from './log'
import { Workbench } from './workbench'

const outFolder = join(__dirname, '..')

function startWindow(): void {
  // enableSandbox() would take away --no-sandbox, and as root every child process then dies at its start.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  registerAppScheme()
  startLog()
  const ownPaths = app.isPackaged ? [] : [app.getAppPath(), outFolder, join(outFolder, '..'), __filename]
  const handOver: HandOver = {
    files: filesFromArguments(process.argv, process.cwd(), ownPaths), wish: wishFromArguments(process.argv),
  }
  if (app.requestSingleInstanceLock({ ...handOver })) openWorkbench(handOver)
  else app.quit()
}

function openWorkbench(wanted: HandOver): void {
  let workbench: Workbench | null = null
  process.on('uncaughtException', (thrown) => workbench ? workbench.problem(thrown) : reportError('start', thrown))
  process.on('unhandledRejection', (thrown) => workbench ? workbench.problem(thrown) : reportError('start', thrown))
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const parsed = handOverSchema.safeParse(data)
    workbench?.welcome(parsed.success ? parsed.data : { files: [], wish: null })
  })
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(() => {
    workbench = new Workbench(outFolder, wanted)
  })
}

const command = cliArguments(process.argv)
if (command) void runCommandLine(outFolder, command)
else startWindow()
