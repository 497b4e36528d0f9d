import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { Random } from '../../engine/machine/random'
import { decodeSession } from '../../engine/session/archive'
import type { WorldswitchApp } from '../e2e/fixtures'

/** What of a session the walk knows: names of runs in order, and what undo goes back to. */
interface Model {
  runs: string[]
  past: string[][]
  future: string[][]
  /** A file of the test's folder, and what it holds. */
  files: Map<string, string[]>
  /** The open one; null: untitled. */
  file: string | null
}

/** As many edits can be undone (renderer/state/history.ts). */
const mostEdits = 200
const mostRuns = 6
/** A second of a wire, some 100 ms of work here. */
const shortRun = '1000000'
const endlessRun = '50000000000'
const views = ['flame', 'table', 'timeline', 'packet', 'compare', 'sweeps', 'what-if', 'method', 'notes']

type Step = 'run' | 'cancel' | 'rename' | 'delete' | 'undo' | 'redo' | 'save' | 'save-as' | 'open' | 'new' | 'close' | 'compare' | 'view' | 'kill'
/** How often each comes, of a hundred. */
const often: Readonly<Record<Step, number>> = {
  run: 18, cancel: 5, rename: 12, delete: 7, undo: 10, redo: 6, save: 8, 'save-as': 3, open: 6, new: 1, close: 4, compare: 6, view: 11, kill: 3,
}
const steps = Object.entries(often).flatMap(([step, times]) => Array.from({ length: times }, () => step as Step))

export interface Walked { counts: Map<Step, number>; engineDeaths: number }

/**
 * A seeded walk through the window, as a person with a mouse would take it, beside a model of the session. After every
 * step the window shows what the model says, and every file that is saved holds it. `until` is asked before each step.
 */
export async function walk(app: WorldswitchApp, seed: number, until: (step: number) => boolean | Promise<boolean>): Promise<Walked> {
  const walker = new Walker(app, new Random(seed, 3))
  await walker.begin()
  for (let i = 0; !await until(i); i++) await walker.step(i)
  return walker.walked
}

class Walker {
  readonly walked: Walked = { counts: new Map(), engineDeaths: 0 }
  private readonly model: Model = { runs: [], past: [], future: [], files: new Map(), file: null }
  private readonly page: Page
  private n = 0

  constructor(private readonly app: WorldswitchApp, private readonly random: Random) {
    this.page = app.page
  }

  async begin(): Promise<void> {
    await expect(this.page.getByTestId('run-item')).toHaveCount(2)
    await this.idle()
    await this.app.answer({ message: 1 })
    await this.app.menu('file.new')
    await this.same('the beginning')
  }

  async step(index: number): Promise<void> {
    const wanted = steps[this.random.between(0, steps.length - 1)]!
    const step = this.possible(wanted) ? wanted : 'run'
    await this[step]()
    this.walked.counts.set(step, (this.walked.counts.get(step) ?? 0) + 1)
    await this.same(`step ${index}, ${step}`)
  }

  private possible(step: Step): boolean {
    const { runs, past, future, files } = this.model
    switch (step) {
      case 'run': case 'cancel': case 'new': case 'view': case 'kill': case 'save-as':
        return true
      case 'rename': case 'delete':
        return runs.length > 0
      case 'compare':
        return runs.length > 1
      case 'undo': case 'close':
        return past.length > 0
      case 'redo':
        return future.length > 0
      case 'open':
        return files.size > 0
      case 'save':
        return this.model.file !== null
    }
  }

  private async same(where: string): Promise<void> {
    await expect.poll(() => this.page.locator('.run-name').allTextContents(), { message: where }).toEqual(this.model.runs)
    expect(await this.page.getByTestId('error-banner').allInnerTexts(), where).toEqual([])
    if (this.model.file === null) expect(await this.app.title(), where).toContain('Untitled')
    else expect(await this.app.title(), where).toContain(`${this.model.file} — Worldswitch`)
  }

  private async idle(): Promise<void> {
    await expect(this.page.getByTestId('progress')).toHaveCount(0)
  }

  private edited(runs: string[]): void {
    this.model.past.push(this.model.runs)
    if (this.model.past.length > mostEdits) this.model.past.shift()
    this.model.future = []
    this.model.runs = runs
  }

  private any(): number {
    return this.random.between(0, this.model.runs.length - 1)
  }

  private async start(bytes: string): Promise<void> {
    await this.page.getByTestId('scenario-bytes').fill(bytes)
    await this.page.getByTestId('run-button').click()
  }

  private async run(): Promise<void> {
    if (this.model.runs.length >= mostRuns) return this.delete()
    await this.start(shortRun)
    await expect(this.page.getByTestId('run-item')).toHaveCount(this.model.runs.length + 1)
    await this.idle()
    const name = await this.page.locator('.run-name').last().innerText()
    expect(name).toMatch(/^VM\/PC-733/)
    this.edited([...this.model.runs, name])
  }

  private async cancel(): Promise<void> {
    await this.start(endlessRun)
    await this.page.getByTestId('cancel-button').click()
    await this.idle()
  }

  private async rename(): Promise<void> {
    const at = this.any()
    const name = `name ${++this.n}`
    const item = this.page.getByTestId('run-item').nth(at)
    await item.getByRole('button', { name: /^Rename/ }).click()
    await item.getByRole('textbox').fill(name)
    await this.page.keyboard.press('Enter')
    this.edited(this.model.runs.map((old, i) => (i === at ? name : old)))
  }

  private async delete(): Promise<void> {
    const at = this.any()
    await this.page.getByTestId('run-item').nth(at).getByRole('button', { name: /^Delete/ }).click()
    this.edited(this.model.runs.filter((_, i) => i !== at))
  }

  private async undo(): Promise<void> {
    await this.app.menu('edit.undo')
    this.model.future.push(this.model.runs)
    this.model.runs = this.model.past.pop()!
  }

  private async redo(): Promise<void> {
    await this.app.menu('edit.redo')
    this.model.past.push(this.model.runs)
    this.model.runs = this.model.future.pop()!
  }

  private async saved(file: string): Promise<void> {
    await expect.poll(() => this.app.title()).toBe(`${file} — Worldswitch`)
    this.model.file = file
    this.model.files.set(file, this.model.runs)
    const { session, warnings } = decodeSession(file, new Uint8Array(readFileSync(this.app.path(file))))
    expect(warnings).toEqual([])
    expect(session.runs.map(({ name }) => name)).toEqual(this.model.runs)
  }

  private async save(): Promise<void> {
    await this.app.menu('file.save')
    await this.saved(this.model.file!)
  }

  private async 'save-as'(): Promise<void> {
    const file = `walk-${this.random.between(1, 4)}.wsprof`
    await this.app.answer({ save: this.app.path(file) })
    await this.app.menu('file.save-as')
    await this.saved(file)
  }

  private async open(): Promise<void> {
    const names = [...this.model.files.keys()]
    const file = names[this.random.between(0, names.length - 1)]!
    // unsaved changes are given up
    await this.app.answer({ open: [this.app.path(file)], message: 1 })
    await this.app.menu('file.open')
    await expect.poll(() => this.app.title()).toBe(`${file} — Worldswitch`)
    Object.assign(this.model, { runs: this.model.files.get(file)!, past: [], future: [], file })
  }

  private async new(): Promise<void> {
    await this.app.answer({ message: 1 })
    await this.app.menu('file.new')
    Object.assign(this.model, { runs: [], past: [], future: [], file: null })
  }

  /** With something unsaved: the question is answered with Cancel, and everything stays. */
  private async close(): Promise<void> {
    if (!(await this.app.title()).startsWith('•')) await this.somethingToSave()
    const asked = (await this.app.dialogs()).length
    await this.app.answer({ message: 2 })
    await this.app.menu('file.close')
    await expect.poll(async () => (await this.app.dialogs()).length).toBe(asked + 1)
  }

  /** Something to save, also where there is no run to be renamed. */
  private somethingToSave(): Promise<void> {
    return this.model.runs.length > 0 ? this.rename() : this.run()
  }

  private async compare(): Promise<void> {
    const a = this.any()
    const b = (a + 1) % this.model.runs.length
    for (const [at, side] of [[a, 'A'], [b, 'B']] as const) await this.page.getByTestId('run-item').nth(at).getByRole('button', { name: new RegExp(`as ${side}$`) }).click()
    await this.page.getByTestId('tab-compare').click()
  }

  private async view(): Promise<void> {
    await this.page.getByTestId(`tab-${views[this.random.between(0, views.length - 1)]!}`).click()
  }

  private async kill(): Promise<void> {
    await this.idle()
    process.kill(await this.app.enginePid(), 'SIGKILL')
    this.walked.engineDeaths++
    const state = this.page.getByTestId('engine-state')
    await expect(state).not.toHaveAttribute('data-state', 'ready')
    await expect(state).toHaveAttribute('data-state', /ready|failed/)
    if (await state.getAttribute('data-state') === 'failed') await this.page.getByTestId('engine-banner').getByRole('button', { name: 'Start it again' }).click()
    await expect(state).toHaveAttribute('data-state', 'ready')
    // views say what they were computing when the engine went
    for (const banner of await this.page.getByTestId('error-banner').all()) await banner.getByRole('button', { name: /^Dismiss/ }).click()
  }
}

/** Lines of the app's log that are errors. */
export function errorsInLog(app: WorldswitchApp): string[] {
  return ['main.log', 'main.old.log'].flatMap((name) => {
    try {
      return readFileSync(join(app.sandbox.userData, 'logs', name), 'utf8').split('\n').filter((line) => /\[error\]/.test(line))
    } catch {
      return []
    }
  })
}
