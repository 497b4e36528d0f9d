import { PlainErrorException } from '../plain-error'

/**
 * How large a profile may be, for two processes that hold it and draw it: a million of each is usual in what is large. Two
 * to some power, as columns grow by doubling and look at their bound only then.
 */
export const profileLimits = { frames: 2 ** 21, stacks: 2 ** 25, samples: 2 ** 27 }

/** Of samples it is growing.ts that counts. */
export function tooMany(what: keyof typeof profileLimits, limit: number): PlainErrorException {
  const names = { frames: 'different functions', stacks: 'different call stacks', samples: 'samples' }
  return new PlainErrorException({
    what: `The recording has more than ${limit.toLocaleString('en')} ${names[what]}, which is the most that is read.`, kept: 'Nothing of the session changed.',
    todo: 'Open a shorter recording or a part of it.',
  })
}
