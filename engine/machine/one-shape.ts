// V8 compiles the inner loops for the hidden classes that it has met, and throws the code away when it meets others.

/**
 * A copy that has the same hidden class as every copy with these fields. Objects spread together get now one, now another:
 * the second run of a process took three times as long as the others for it, and so did the tenth.
 */
export function ofOneShape<Fields extends object>(fields: Fields): Fields {
  return JSON.parse(JSON.stringify(fields)) as Fields
}

/**
 * Where fields begin that count cycles. A literal 0 is a small integer, and the class changes with all of its instances in
 * the middle of the first run, when the clock goes beyond 2^31; out of this column it is a floating-point number at once.
 */
export const zeroCycles: number = new Float64Array(1)[0]!
