import * as z from 'zod'
import { JsonFile } from './json-file'

export const minimumSize = { width: 1024, height: 640 }
export const defaultSize = { width: 1280, height: 800 }

/** From about half to three times the size. */
export const zoomLevels = { min: -3, max: 6, step: 0.5 }

const settingsSchema = z.object({
  theme: z.enum(['light', 'dark', 'system']),
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }).nullable(),
  maximized: z.boolean(),
  /** Of the whole window, in Chromium's steps: each is a fifth more or less. Files before it have none. */
  zoomLevel: z.number().min(zoomLevels.min).max(zoomLevels.max).default(0),
})
export type SettingsData = z.infer<typeof settingsSchema>

const initial: SettingsData = { theme: 'system', bounds: null, maximized: false, zoomLevel: 0 }

/** What the app remembers from one start to the next, besides recent files. */
export class Settings {
  private readonly file: JsonFile<SettingsData>
  private data: SettingsData
  /** No start before this one has left anything. */
  readonly firstStart: boolean

  constructor(path: string) {
    this.file = new JsonFile(path, settingsSchema)
    this.firstStart = !this.file.exists()
    this.data = this.file.read() ?? initial
    if (this.firstStart) this.file.write(this.data)
  }

  get(): SettingsData {
    return this.data
  }

  change(some: Partial<SettingsData>): void {
    this.data = { ...this.data, ...some }
    this.file.write(this.data)
  }
}

interface Rectangle { x: number; y: number; width: number; height: number }

/** Enough of the title bar to grab: a window remembered from a screen that is gone must not open out of reach. */
const graspable = 100

/** The remembered place if it can still be seen on one of the screens, else only a size. */
export function boundsToUse(remembered: Rectangle | null, screens: Rectangle[]): Partial<Rectangle> {
  if (!remembered) return defaultSize
  const size = {
    width: Math.max(remembered.width, minimumSize.width), height: Math.max(remembered.height, minimumSize.height),
  }
  const seen = screens.some((screen) =>
    remembered.x + size.width - graspable >= screen.x && remembered.x + graspable <= screen.x + screen.width
    && remembered.y >= screen.y && remembered.y + graspable <= screen.y + screen.height)
  return seen ? { x: remembered.x, y: remembered.y, ...size } : size
}
