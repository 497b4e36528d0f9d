/** Solves A x = b by Gaussian elimination with partial pivoting; A is square, row-major. Throws when A is singular. */
export function solve(a: Float64Array[], b: Float64Array): Float64Array {
  const n = b.length
  const rows = a.map((row, i) => Float64Array.of(...row, b[i]!))
  for (let column = 0; column < n; column++) {
    let pivot = column
    for (let r = column + 1; r < n; r++) if (Math.abs(rows[r]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = r
    if (rows[pivot]![column] === 0) throw new RangeError('the equations do not fix all unknowns')
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    const top = rows[column]!
    for (let r = column + 1; r < n; r++) {
      const factor = rows[r]![column]! / top[column]!
      if (factor !== 0) for (let c = column; c <= n; c++) rows[r]![c]! -= factor * top[c]!
    }
  }
  const x = new Float64Array(n)
  for (let r = n - 1; r >= 0; r--) {
    let sum = rows[r]![n]!
    for (let c = r + 1; c < n; c++) sum -= rows[r]![c]! * x[c]!
    x[r] = sum / rows[r]![r]!
  }
  return x
}

/**
 * One damped Gauss-Newton step (Levenberg's): minimises |J x - residual|^2 + damping |x|^2.
 * `jacobian[figure][unknown]`, both scaled to units of misfit and of the unknown's value.
 */
export function levenbergStep(jacobian: Float64Array[], residual: Float64Array, damping: number): Float64Array {
  const unknowns = jacobian[0]!.length
  const normal = Array.from({ length: unknowns }, () => new Float64Array(unknowns))
  const right = new Float64Array(unknowns)
  for (let f = 0; f < residual.length; f++) {
    const row = jacobian[f]!
    for (let i = 0; i < unknowns; i++) {
      right[i]! += row[i]! * residual[f]!
      for (let j = 0; j < unknowns; j++) normal[i]![j]! += row[i]! * row[j]!
    }
  }
  for (let i = 0; i < unknowns; i++) normal[i]![i]! += damping
  return solve(normal, right)
}
