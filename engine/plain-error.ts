import { visibleText } from './visible-name'

/** What a person is told when something fails: every error that reaches a screen or a terminal has this shape. */
export interface PlainError {
  /** What happened, one sentence. */
  what: string
  /** File, and line where there is one. */
  where?: string
  /** What was kept: what of the user's data is still there. */
  kept?: string
  /** What to do now. */
  todo?: string
}

/** An error whose text is meant for the user; anything else that is thrown is a defect of ours. */
export class PlainErrorException extends Error {
  constructor(readonly plain: PlainError) {
    super(plain.what)
    this.name = 'PlainError'
  }
}

export function plainErrorOf(thrown: unknown): PlainError {
  if (thrown instanceof PlainErrorException) return thrown.plain
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { what: `Worldswitch met an error of its own: ${message}`, todo: 'Please report it with the steps that led here.' }
}

/** One line for a terminal. */
export function plainErrorLine(error: PlainError): string {
  return visibleText([error.where && `${error.where}:`, error.what, error.kept, error.todo].filter(Boolean).join(' '))
}
