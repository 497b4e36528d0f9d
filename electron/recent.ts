import * as z from 'zod'
import { JsonFile } from './json-file'

const recentMaximum = 10
const recentSchema = z.array(z.string())

/** The files opened or saved last, newest first. Electron's own list does nothing on Linux. */
export class RecentFiles {
  private readonly file: JsonFile<string[]>
  private paths: string[]

  constructor(path: string, private readonly changed: () => void) {
    this.file = new JsonFile(path, recentSchema)
    this.paths = (this.file.read() ?? []).slice(0, recentMaximum)
  }

  list(): readonly string[] {
    return this.paths
  }

  add(path: string): void {
    this.replace([path, ...this.paths.filter((other) => other !== path)].slice(0, recentMaximum))
  }

  drop(path: string): void {
    if (this.paths.includes(path)) this.replace(this.paths.filter((other) => other !== path))
  }

  clear(): void {
    this.replace([])
  }

  private replace(paths: string[]): void {
    this.paths = paths
    this.file.write(paths)
    this.changed()
  }
}
