const comma = 44
const minus = 45
const newline = 10
const carriageReturn = 13

/**
 * Decodes one line `ask price 1, ask size 1, bid price 1, bid size 1, ask price 2, ...` into `row`, whose length says how many
 * columns the line must have. Returns the offset of the next line, or -1 where the line is not such a row
 * (`orderbookLineError` finds out why). Whether the numbers make sense is for the window to check.
 *
 * A newline must follow somewhere: it is the sentinel of the digit loop.
 *
 * @see LOBSTER sample files readme, "Orderbook File"
 */
export function parseOrderbookRow(bytes: Uint8Array, from: number, row: Float64Array): number {
  const last = row.length - 1
  let at = from
  for (let column = 0; column <= last; column++) {
    const negative = bytes[at] === minus
    if (negative) at++
    const start = at
    let value = 0
    let digit: number
    while ((digit = bytes[at]! ^ 48) < 10) {
      value = value * 10 + digit
      at++
    }
    if (at === start) return -1
    if (column < last && bytes[at++] !== comma) return -1
    row[column] = negative ? -value : value
  }
  if (bytes[at] === carriageReturn) at++
  return bytes[at] === newline ? at + 1 : -1
}
