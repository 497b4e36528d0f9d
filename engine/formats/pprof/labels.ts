import { GrowingFloats, GrowingInts } from '../../growing'
import { varintType, type Wire } from './wire'

/** All labels of one key and unit: which rows have one, in order, with which text (0: none) and number (0: none). */
export class LabelColumn {
  length = 0
  /** Null: the first `length` rows have one, as where every row has. */
  private rows: GrowingInts | null = null
  private readonly texts = new GrowingInts()
  private readonly numbers = new GrowingFloats()

  /** Texts by their number in the file. */
  constructor(readonly key: number, readonly unit: number) {}

  add(row: number, text: number, number: number): void {
    if (row !== this.length) this.rows ??= counting(this.length)
    this.rows?.push(row)
    // labels mostly have one of both, and then a column for the other is never made
    if (text !== 0) fill(this.texts, this.length).push(text)
    if (number !== 0) fill(this.numbers, this.length).push(number)
    this.length++
  }

  row(index: number): number {
    return this.rows ? this.rows.at(index) : index
  }

  text(index: number): number {
    return index < this.texts.length ? this.texts.at(index) : 0
  }

  number(index: number): number {
    return index < this.numbers.length ? this.numbers.at(index) : 0
  }
}

function counting(length: number): GrowingInts {
  const rows = new GrowingInts()
  for (let row = 0; row < length; row++) rows.push(row)
  return rows
}

function fill<Column extends GrowingInts | GrowingFloats>(column: Column, length: number): Column {
  while (column.length < length) column.push(0)
  return column
}

/** Labels of samples as columns: what their keys are is known only once the file's texts are, which mostly stand behind. */
export class LabelColumns {
  readonly columns: LabelColumn[] = []
  private readonly byKind = new Map<string, LabelColumn>()
  /** The label at this place of the sample before: the next sample's is mostly of the same kind. */
  private readonly usual: LabelColumn[] = []

  /** Reads a label, the `place`-th of its sample. */
  read(wire: Wire, row: number, place: number): void {
    let [key, text, number, unit] = [0, 0, 0, 0]
    const outer = wire.enter()
    while (wire.next()) {
      if (wire.is(1, varintType)) key = wire.index()
      else if (wire.is(2, varintType)) text = wire.index()
      else if (wire.is(3, varintType)) number = wire.signed()
      else if (wire.is(4, varintType)) unit = wire.index()
      else wire.skip()
    }
    wire.leave(outer)
    const usual = this.usual[place]
    const column = usual?.key === key && usual.unit === unit ? usual : this.column(key, unit)
    this.usual[place] = column
    column.add(row, text, number)
  }

  private column(key: number, unit: number): LabelColumn {
    const kind = `${key} ${unit}`
    let column = this.byKind.get(kind)
    if (!column) {
      this.byKind.set(kind, column = new LabelColumn(key, unit))
      this.columns.push(column)
    }
    return column
  }
}
