/** Decoded messages, a column a field. Reused from block to block. */
export interface MessageBlock {
  length: number
  /** Since midnight. */
  readonly micros: Float64Array
  /** 0-999, within the microsecond. */
  readonly nanos: Uint16Array
  readonly types: Uint8Array
  readonly orderIds: Float64Array
  /** Shares. */
  readonly sizes: Float64Array
  /** Dollars x 10,000; -1, 0 or 1 in a halt message. */
  readonly prices: Float64Array
  /** Of the resting order: 1 bid, -1 ask. */
  readonly directions: Int8Array
  /** Offset of each line in the bytes it was parsed from. */
  readonly starts: Uint32Array
}

export function messageBlock(capacity: number): MessageBlock {
  return {
    length: 0,
    micros: new Float64Array(capacity),
    nanos: new Uint16Array(capacity),
    types: new Uint8Array(capacity),
    orderIds: new Float64Array(capacity),
    sizes: new Float64Array(capacity),
    prices: new Float64Array(capacity),
    directions: new Int8Array(capacity),
    starts: new Uint32Array(capacity),
  }
}

/** Prices of a message lie in 1 to `priceLimit - 1`, sizes in 1 to `sizeLimit`. The dummy price is 9,999,999,999. */
export const priceLimit = 9_999_999_999
/** NASDAQ's share counts are unsigned 32-bit. */
export const sizeLimit = 4_294_967_295
/** A line longer than this is not a LOBSTER line: 50 levels need 4,800 bytes. */
export const longestLine = 65_536

const comma = 44
const minus = 45
const dot = 46
const newline = 10
const carriageReturn = 13
const fractionScale = [1e9, 1e8, 1e7, 1e6, 1e5, 1e4, 1e3, 100, 10, 1]

/**
 * Decodes lines `time,type,order id,size,price,direction[,anything]` into `block`, from its start.
 *
 * `bytes[to - 1]` must be a newline; it is the sentinel that lets the digit loops run without a bounds check
 * (`byte ^ 48` is below 10 for digits alone). Stops at `to`, at a full block, or before the first line that is
 * not a message, whatever is wrong with it: `messageLineError` finds out what. Returns where it stopped.
 *
 * Times keep nine decimals, the tenth rounds. Cost: one pass, no allocation.
 *
 * @see LOBSTER sample files readme, "Message File"
 */
export function parseMessages(bytes: Uint8Array, from: number, to: number, block: MessageBlock): number {
  const { micros, nanos, types, orderIds, sizes, prices, directions, starts } = block
  const capacity = types.length
  let row = 0
  let line = from
  while (line < to && row < capacity) {
    let at = line
    let digit: number

    let seconds = 0
    while ((digit = bytes[at]! ^ 48) < 10) {
      seconds = seconds * 10 + digit
      at++
    }
    if (at === line || seconds >= 86_400) break
    let fraction = 0
    if (bytes[at] === dot) {
      const first = ++at
      const ninth = first + 9
      while (at < ninth && (digit = bytes[at]! ^ 48) < 10) {
        fraction = fraction * 10 + digit
        at++
      }
      if (at === first) break
      fraction *= fractionScale[at - first]!
      if ((digit = bytes[at]! ^ 48) < 10) {
        if (digit >= 5) fraction++
        while ((bytes[++at]! ^ 48) < 10);
      }
    }
    if (bytes[at++] !== comma) break

    const type = bytes[at++]! ^ 48
    if (type < 1 || type > 7 || bytes[at++] !== comma) break

    const idSign = bytes[at] === minus ? -1 : 1
    if (idSign === -1) at++
    let start = at
    let orderId = 0
    while ((digit = bytes[at]! ^ 48) < 10) {
      orderId = orderId * 10 + digit
      at++
    }
    if (at === start || orderId > Number.MAX_SAFE_INTEGER || bytes[at++] !== comma) break
    // Stryker disable next-line AssignmentOperator: times 1 or -1 is divided by it
    orderId *= idSign

    start = at
    let size = 0
    while ((digit = bytes[at]! ^ 48) < 10) {
      size = size * 10 + digit
      at++
    }
    if (at === start || size > sizeLimit || bytes[at++] !== comma) break

    const priceSign = bytes[at] === minus ? -1 : 1
    if (priceSign === -1) at++
    start = at
    let price = 0
    while ((digit = bytes[at]! ^ 48) < 10) {
      price = price * 10 + digit
      at++
    }
    if (at === start || price >= priceLimit || bytes[at++] !== comma) break
    // Stryker disable next-line AssignmentOperator: times 1 or -1 is divided by it
    price *= priceSign

    const directionSign = bytes[at] === minus ? -1 : 1
    if (directionSign === -1) at++
    const direction = directionSign * (bytes[at++]! ^ 48)
    if (direction > 1 || direction < -1) break

    if (bytes[at] === comma) at = bytes.indexOf(newline, at)
    else if (bytes[at] === carriageReturn) at++
    if (bytes[at++] !== newline || at - line > longestLine) break

    if (type <= 5) {
      if (size === 0 || price <= 0 || direction === 0) break
      if (type <= 4 ? orderId <= 0 : orderId < 0) break
    } else if (type === 7 ? price < -1 || price > 1 : price < 0 || (price === 0 && size > 0)) break

    const wholeMicros = (fraction / 1000) | 0
    micros[row] = seconds * 1e6 + wholeMicros
    nanos[row] = fraction - wholeMicros * 1000
    types[row] = type
    orderIds[row] = orderId
    sizes[row] = size
    prices[row] = price
    directions[row] = direction
    starts[row] = line
    row++
    line = at
  }
  block.length = row
  return line
}
