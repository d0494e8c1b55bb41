/** Rows of numbers of one width that grow piece by piece: nothing is copied when they become many. */
export interface Rows<Row> {
  /** A fresh row of zeros at the end, to be filled. */
  add(): Row
  count(): number
  /** @param index 0 … count − 1 */
  at(index: number): Row
}

interface Piece<Row> {
  subarray(from: number, to: number): Row
}

const ROWS_PER_PIECE = 256

/** @param make makes room for a number of values, all 0 */
export function createRows<Row extends Piece<Row>>(width: number, make: (length: number) => Row): Rows<Row> {
  const pieces: Row[] = []
  let count = 0
  function at(index: number): Row {
    const piece = pieces[Math.floor(index / ROWS_PER_PIECE)]
    if (piece === undefined) throw new RangeError(`there is no row ${index}`)
    const start = (index % ROWS_PER_PIECE) * width
    return piece.subarray(start, start + width)
  }
  return {
    add() {
      if (count === pieces.length * ROWS_PER_PIECE) pieces.push(make(ROWS_PER_PIECE * width))
      return at(count++)
    },
    count: () => count,
    at,
  }
}
