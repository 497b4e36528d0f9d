import { nextMatchSteps, type Match } from './flame-search'
import type { Drawing } from './flame-shown'
import { inSlices } from './in-slices'

export interface Matching {
  /** Null: nothing is asked for, or nothing is known yet. That of before stays until the new one is there. */
  match: Match | null
  /** `match` is not yet what is asked for. */
  searching: boolean
}

/** What is on screen. */
export interface ShownMatches extends Matching {
  drawing: Pick<Drawing, 'layout'> | null
  /** The box that is selected; -1: none. */
  selectedBox: number
  choose(node: number): void
}

/** From match to match. Each step begins where the one before has led, also when it is asked for before that is there. */
export class MatchWalk {
  private shown: ShownMatches | null = null
  private wanted: (1 | -1)[] = []
  private stop: (() => void) | null = null

  /** What the next step begins with. */
  show(shown: ShownMatches): void {
    this.shown = shown
    this.go()
  }

  step(direction: 1 | -1): void {
    this.wanted.push(direction)
    this.go()
  }

  end(): void {
    this.stop?.()
    this.stop = null
    this.wanted = []
  }

  private go(): void {
    const { shown } = this
    if (this.stop || !shown || shown.searching) return
    const direction = this.wanted.shift()
    if (direction === undefined || !shown.drawing || !shown.match) return
    let led = false
    const stop = inSlices(nextMatchSteps(shown.drawing.layout, shown.match, shown.selectedBox, direction), (node) => {
      led = true
      if (node > 0) this.shown?.choose(node)
      // by then the window shows where this one led
      const timer = setTimeout(() => {
        this.stop = null
        this.go()
      })
      this.stop = () => clearTimeout(timer)
    })
    if (!led) this.stop = stop
  }
}
