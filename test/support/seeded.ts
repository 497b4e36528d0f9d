import fc from 'fast-check'

/**
 * Properties are tried with the same cases by every `npm test`: what fails there was caused by the change. `npm run soak`
 * looks for cases that nobody has thought of, by another seed each time.
 */
fc.configureGlobal({ seed: Number(process.env['WORLDSWITCH_SEED'] ?? 2001) })
