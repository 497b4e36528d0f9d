import { fixed } from '../../state/numbers'

/** 'faster', 'slower', or neither where more is neither better nor worse. */
export type Change = { arrow: '▲' | '▼' | '='; words: string; verdict: 'faster' | 'slower' | 'neutral' }

/** What became of a figure, with an arrow and in words; `better` says which way is faster, if either is; `unit` is empty where a heading says it. */
export function changeOf(now: number, before: number, unit: string, digits: number, better: 'up' | 'down' | null): Change {
  const difference = now - before
  const size = fixed(Math.abs(difference), digits)
  if (Number(size) === 0) return { arrow: '=', words: 'as before', verdict: 'neutral' }
  const up = difference > 0
  const verdict = better === null ? 'neutral' : up === (better === 'up') ? 'faster' : 'slower'
  const words = `${size}${unit === '' ? '' : ` ${unit}`} ${up ? 'more' : 'less'}${verdict === 'neutral' ? '' : `, ${verdict}`}`
  return { arrow: up ? '▲' : '▼', words, verdict }
}
