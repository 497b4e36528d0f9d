import { availableParallelism, release, totalmem } from 'node:os'
import { app } from 'electron'
import { zipLimits } from '../engine/session/zip'
import { maxFileBytes, type AppInfo, type Diagnostics } from '../engine/window-api'
import { lastErrors, logFile } from './log'

const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`

/** What a report of a fault should say, for people to read and copy; nothing of any profile or session is in it. */
export function diagnostics(info: AppInfo, recoveryFolder: string): Diagnostics {
  const processes = app.getAppMetrics().map(({ type, name, memory }) => ({
    label: `memory, ${name ?? type}`, value: megabytes(memory.workingSetSize * 1024),
  }))
  return {
    facts: [
      { label: 'Worldswitch', value: info.version },
      { label: 'Electron', value: `${info.electron}, runtime ${info.runtime}` },
      { label: 'Chromium', value: info.chrome },
      { label: 'Node', value: process.versions.node },
      { label: 'V8', value: process.versions.v8 },
      { label: 'system', value: `${process.platform} ${process.arch} ${release()}` },
      { label: 'sandbox', value: info.sandbox },
      { label: 'processors', value: String(availableParallelism()) },
      { label: 'memory, machine', value: megabytes(totalmem()) },
      ...processes,
      { label: 'running for', value: `${Math.round(process.uptime())} s` },
      { label: 'settings and data', value: app.getPath('userData') },
      { label: 'log', value: logFile() },
      { label: 'copies of unsaved work', value: recoveryFolder },
      { label: 'crash dumps, kept here only', value: app.getPath('crashDumps') },
      { label: 'largest session file', value: megabytes(maxFileBytes) },
      { label: 'entries of a session file', value: `${zipLimits.entries}, together ${megabytes(zipLimits.totalBytes)} unpacked` },
    ],
    errors: lastErrors(),
  }
}
