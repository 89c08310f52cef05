import { decimalOf } from '@rxlob/feed'

/** The double nearest to the exact sum of decimal texts, less the sum of others: 0.1 + 0.2 is 0.3. */
export function decimalSum(plus: readonly string[], minus: readonly string[] = []): number {
  const texts = [...plus, ...minus]
  if (texts.length === 1) return decimalOf(texts[0]!)
  const digits = Math.max(...texts.map((text) => fractionOf(text).length))
  let sum = 0n
  texts.forEach((text, at) => {
    decimalOf(text)
    const units = BigInt(text.split('.', 1)[0]! + fractionOf(text).padEnd(digits, '0'))
    sum += at < plus.length ? units : -units
  })
  const sign = sum < 0n ? '-' : ''
  const whole = (sum < 0n ? -sum : sum).toString().padStart(digits + 1, '0')
  return Number(`${sign}${whole.slice(0, whole.length - digits)}.${whole.slice(whole.length - digits)}0`)
}

const fractionOf = (text: string): string => text.split('.')[1] ?? ''
