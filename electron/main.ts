import { join } from 'node:path'
import { app, crashReporter, dialog } from 'electron'
import { registerAppScheme } from './app-protocol'
import { filesFromArguments, handOverSchema, wishFromArguments } from './arguments'
import type { HandOver } from './arguments'
import { cliArguments, runCommandLine } from './command-line'
import { logFile, reportError, startLog } from './log'
import { Workbench } from './workbench'

const outFolder = join(__dirname, '..')

/**
 * GTK asks for OpenGL when it starts, before the window is there, and without a GPU that loads a software renderer of some
 * 30 MB into this process. Its menus and dialogs draw without: Chromium, which draws the page, asks for itself.
 */
function withoutGtkGl(): void {
  process.env['GDK_GL'] ??= 'disable'
}

function startWindow(): void {
  withoutGtkGl()
  // enableSandbox() would take away --no-sandbox, and as root every child process then dies at its start.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  registerAppScheme()
  startLog()
  // kept in the user's data folder, sent nowhere
  crashReporter.start({ uploadToServer: false })
  const ownPaths = app.isPackaged ? [] : [app.getAppPath(), outFolder, join(outFolder, '..'), __filename]
  const handOver: HandOver = {
    files: filesFromArguments(process.argv, process.cwd(), ownPaths), wish: wishFromArguments(process.argv),
  }
  if (app.requestSingleInstanceLock({ ...handOver })) openWorkbench(handOver)
  else app.quit()
}

function openWorkbench(wanted: HandOver): void {
  let workbench: Workbench | null = null
  const fault = (thrown: unknown) => workbench ? workbench.problem(thrown) : failAtStart(thrown)
  process.on('uncaughtException', fault)
  process.on('unhandledRejection', fault)
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const parsed = handOverSchema.safeParse(data)
    workbench?.welcome(parsed.success ? parsed.data : { files: [], wish: null })
  })
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(() => {
    workbench = new Workbench(outFolder, wanted)
  })
}

/** Without a window there is nothing to go on with, and a process that nobody sees would keep the next start from working. */
function failAtStart(thrown: unknown): void {
  reportError('start', thrown)
  dialog.showErrorBox('Worldswitch could not start', `${thrown instanceof Error ? thrown.message : String(thrown)}\n\nThe log: ${logFile()}`)
  app.exit(1)
}

const command = cliArguments(process.argv)
if (command) void runCommandLine(outFolder, command)
else startWindow()
