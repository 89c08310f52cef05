const minus = '\u2212'

/**
 * A number for readers: thousands separated, a true minus sign, `–` for NaN.
 *
 * `decimals` fixes the digits after the point. Without it there are at most `digits` significant ones (default 4) and no trailing zeros;
 * integers below 1e15 are written out, and an exponent is used below 1e-5 and from 1e15.
 */
export function formatNumber(value: number, options: { readonly decimals?: number; readonly digits?: number } = {}): string {
  if (Number.isNaN(value)) return '–'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${minus}∞`
  const magnitude = Math.abs(value)
  const text = magnitudeText(magnitude, options)
  return value < 0 && /[1-9]/.test(text) ? minus + text : text
}

function magnitudeText(magnitude: number, { decimals, digits = 4 }: { readonly decimals?: number; readonly digits?: number }): string {
  if (decimals !== undefined) return grouped(magnitude.toFixed(decimals))
  if (Number.isInteger(magnitude) && magnitude < 1e15) return grouped(String(magnitude))
  if (magnitude < 1e-5 || magnitude >= 1e15) {
    const [mantissa = '', exponent = ''] = magnitude.toExponential(digits - 1).split('e')
    return `${withoutTrailingZeros(mantissa)}e${exponent.replace('-', minus).replace('+', '')}`
  }
  return grouped(withoutTrailingZeros(magnitude.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(magnitude))))))
}

function withoutTrailingZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.')
  const separated = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? separated : `${separated}.${fraction}`
}
