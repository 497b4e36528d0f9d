import type { Books } from './books'
import { Fn } from './functions'
import { type Recorder, type SampleObserver, SampleResponse } from './observer'
import { zeroCycles } from './one-shape'

/** Something that happens at a known cycle. A device has one deadline at a time; Infinity: nothing is due. */
export interface Device {
  fire(): void
}

/** Who takes the host's interrupts. An object, not a function: a closure of each machine's own would be compiled for that machine. */
export interface Interruptible {
  interrupt(): void
}

/** Slots for deadlines: few and fixed, so the next one is the minimum of a short array and no heap is needed. */
export const Slot = { HostTimer: 0, NicDma: 1, WireOut: 2, WireIn: 3, Peer: 4, NicInterrupt: 5 } as const
export type Slot = (typeof Slot)[keyof typeof Slot]
const sampler = 6
const slotCount = 7

/**
 * One timeline, one CPU. `run` spends cycles: it charges them to a stack and, when a device's deadline falls
 * inside, splits the time there, lets the device act, and takes the interrupt that it may have raised.
 */
export class Clock {
  now = zeroCycles
  /** Stack that runs now; `run` charges to a function called from it. */
  context = 0
  /** Whether the CPU takes interrupts. Pending ones are taken when it becomes true. */
  interruptible = true
  /** Asserted interrupt lines of the host, a bit each (see host/kernel.ts). */
  pending = 0
  segments = 0
  /** Cycles spent in interrupts, nested ones counted once: what a call's exclusive time leaves out. */
  interruptCycles = zeroCycles
  /** What the last interrupt taken interrupted: a stack. */
  interrupted = 0
  /** Watches everything; null: nobody does. */
  recorder: Recorder | null = null
  private recordFrom = Infinity
  private nextDue = Infinity
  /** Until here time passes without a device, or a recorder, having to know. */
  private quietUntil = Infinity
  private readonly due = new Float64Array(slotCount).fill(Infinity)
  private readonly devices: (Device | null)[] = new Array<Device | null>(slotCount).fill(null)
  private observer: SampleObserver | null = null
  private sampleHeld = false
  private sampleHandlerCycles = zeroCycles
  private raiseSample: () => void = () => {}
  private taker: Interruptible = { interrupt: () => {} }

  constructor(readonly books: Books) {}

  attach(slot: Slot, device: Device): void {
    this.devices[slot] = device
  }

  interrupts(taker: Interruptible): void {
    this.taker = taker
  }

  /** `handlerCycles` and `raise` are for samplers that cost: what the handler takes, how its interrupt is asserted. */
  observe(observer: SampleObserver | null, handlerCycles = 0, raise: () => void = () => {}): void {
    this.observer = observer
    this.sampleHandlerCycles = handlerCycles
    this.raiseSample = raise
    this.due[sampler] = observer ? observer.nextSample(this.now) : Infinity
    this.findNextDue()
  }

  /** From cycle `from` on `recorder` is told of all time that passes, before that only of some; null: nobody is. */
  record(recorder: Recorder | null, from = 0): void {
    this.recorder = recorder
    this.recordFrom = recorder ? from : Infinity
    this.findNextDue()
  }

  /** At which cycle `slot`'s device acts next. */
  schedule(slot: Slot, at: number): void {
    this.due[slot] = at
    this.findNextDue()
  }

  isScheduled(slot: Slot): boolean {
    return this.due[slot] !== Infinity
  }

  /** Spend `cycles` in function `fn`, called from the current context. */
  run(fn: number, cycles: number): void {
    this.runStack(this.books.call(this.context, fn), cycles)
  }

  /** Spend `cycles` in the function that the current context is in. */
  runHere(cycles: number): void {
    this.runStack(this.context, cycles)
  }

  runStack(stack: number, cycles: number): void {
    this.segments++
    const end = this.now + cycles
    if (end < this.quietUntil) {
      this.now = end
      this.books.cycles[stack]! += cycles
      return
    }
    this.runAcrossDeadlines(stack, cycles)
  }

  /** Let time pass in `stack` up to the next deadline and what it brings. */
  runUntilDue(stack: number): void {
    this.spend(stack, Math.max(0, this.nextDue - this.now))
    this.fireDue(stack)
  }

  /** Enter function `fn`; returns the context to go back to with `leave`. */
  enter(fn: number): number {
    const from = this.context
    this.context = this.books.call(from, fn)
    return from
  }

  leave(context: number): void {
    this.context = context
  }

  /** The CPU takes interrupts again, those first that have been waiting. */
  allowInterrupts(): void {
    this.interruptible = true
    if (this.sampleHeld) this.takeHeldSample(this.context)
    if (this.pending !== 0) {
      this.interrupted = this.context
      this.taker.interrupt()
    }
  }

  /** The sampling interrupt's handler runs: the sample is taken. */
  sampleTaken(): void {
    this.observer?.taken(this.now, this.interrupted)
  }

  private runAcrossDeadlines(stack: number, cycles: number): void {
    let left = cycles
    while (this.now + left >= this.nextDue) {
      const before = Math.max(0, this.nextDue - this.now)
      this.spend(stack, before)
      left -= before
      this.fireDue(stack)
    }
    this.spend(stack, left)
  }

  private spend(stack: number, cycles: number): void {
    if (this.recorder !== null) this.recorder.spent(stack, this.now, this.now + cycles)
    this.now += cycles
    this.books.cycles[stack]! += cycles
  }

  private fireDue(stack: number): void {
    while (this.nextDue <= this.now) {
      for (let slot = 0; slot < sampler; slot++) {
        if (this.due[slot]! <= this.now) {
          this.due[slot] = Infinity
          this.devices[slot]!.fire()
        }
      }
      // The sampler comes after the devices of the same instant and sees what was interrupted.
      if (this.due[sampler]! <= this.now) {
        this.sample(this.due[sampler]!, stack)
      }
      this.findNextDue()
    }
    if (!this.interruptible) return
    if (this.sampleHeld) this.takeHeldSample(stack)
    if (this.pending !== 0) {
      this.interrupted = stack
      this.taker.interrupt()
    }
  }

  private sample(at: number, stack: number): void {
    const observer = this.observer!
    this.due[sampler] = observer.nextSample(at)
    const response = observer.due(at, stack, this.interruptible)
    if (response === SampleResponse.None) return
    if (response === SampleResponse.Hold) this.sampleHeld = true
    else if (response === SampleResponse.Raise) this.raiseSample()
    else this.spend(this.books.call(stack, Fn.SamplerInterrupt), this.sampleHandlerCycles)
  }

  private takeHeldSample(stack: number): void {
    this.sampleHeld = false
    this.observer?.taken(this.now, stack)
  }

  private findNextDue(): void {
    let next = Infinity
    for (let slot = 0; slot < slotCount; slot++) if (this.due[slot]! < next) next = this.due[slot]!
    this.nextDue = next
    this.quietUntil = Math.min(next, this.recordFrom)
  }
}
