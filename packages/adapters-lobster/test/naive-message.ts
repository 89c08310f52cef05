/** One message by split and Number, or undefined where the line is not one. The oracle of the byte parser. */
export function naiveMessage(text: string): number[] | undefined {
  const line = text.endsWith('\r') ? text.slice(0, -1) : text
  const fields = line.split(',')
  if (fields.length < 6 || text.length > 65_535) return undefined
  const [time = '', ...rest] = fields
  if (!/^[0-9]+(\.[0-9]+)?$/.test(time) || !rest.slice(0, 5).every((field, i) => (i === 0 || i === 2 ? /^[0-9]+$/ : /^-?[0-9]+$/).test(field))) return undefined
  // Exact: as an integer of 10^-n seconds, rounded to nanoseconds with halves up.
  const [whole = '', fraction = ''] = time.split('.')
  const scale = 10n ** BigInt(fraction.length)
  const nanos = (BigInt(whole + fraction) * 2_000_000_000n + scale) / (2n * scale)
  const [type, id, size, price, direction] = rest.map(Number) as [number, number, number, number, number]
  if (BigInt(whole) >= 86_400n || rest[0]!.length > 1 || type < 1 || type > 7) return undefined
  if (Math.abs(id) > Number.MAX_SAFE_INTEGER || size > 4_294_967_295 || Math.abs(price) >= 9_999_999_999 || !/^-?[01]$/.test(rest[4]!)) return undefined
  if (type <= 4 && id < 1) return undefined
  if (type === 5 && id < 0) return undefined
  if (type <= 5 && (size < 1 || price < 1 || direction === 0)) return undefined
  if (type === 6 && (price < 0 || (price === 0 && size > 0))) return undefined
  if (type === 7 && Math.abs(price) > 1) return undefined
  return [Number(nanos / 1000n), Number(nanos % 1000n), type, id, size, price, direction]
}
