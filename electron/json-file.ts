import { existsSync, readFileSync } from 'node:fs'
import { writeFileSync } from 'atomically'
import type { ZodType } from 'zod'
import { reportError } from './log'

/** A small file of settings in the user's data folder. What is missing, damaged or of another shape is not there. */
export class JsonFile<T> {
  constructor(private readonly path: string, private readonly schema: ZodType<T>) {}

  exists(): boolean {
    return existsSync(this.path)
  }

  read(): T | null {
    if (!this.exists()) return null
    try {
      const parsed = this.schema.safeParse(JSON.parse(readFileSync(this.path, 'utf8')))
      return parsed.success ? parsed.data : null
    } catch (thrown) {
      reportError(this.path, thrown)
      return null
    }
  }

  /** At once, not later: the last write happens while the app quits. Failing costs a setting, not work. */
  write(value: T): void {
    try {
      writeFileSync(this.path, `${JSON.stringify(value, null, 2)}\n`)
    } catch (thrown) {
      reportError(this.path, thrown)
    }
  }
}
