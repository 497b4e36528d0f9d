import { describe, expect, it } from 'vitest'
import { csvText } from '../../engine/csv'

describe('CSV', () => {
  it('quotes what RFC 4180 asks to be quoted and leaves unknown figures empty', () => {
    expect(csvText([['a "b"', 'c,d', 'e\nf'], [1.23456789, null, -2]])).toBe('"a ""b""","c,d","e\nf"\n1.23457,,-2\n')
  })

  it('gives no spreadsheet a formula out of a name, and leaves numbers as text alone', () => {
    expect(csvText([['=HYPERLINK("x")', '@SUM(1)', '+cmd|calc', '-operator', '-1.5', '+3e9', 'a=b']]))
      .toBe(`"'=HYPERLINK(""x"")",'@SUM(1),'+cmd|calc,'-operator,-1.5,+3e9,a=b\n`)
  })
})
