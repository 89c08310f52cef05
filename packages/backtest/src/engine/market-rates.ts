import type { Lots, Micros } from '@rxlob/core'

const secondMicros = 1e6
/** Half of the weight is younger than this. */
const halfLifeSeconds = 300

/**
 * Volatility and traded volume as known so far, for pricing fills: both with exponentially fading weight, half of it within five minutes.
 * Mids are read once a second.
 */
export class MarketRates {
  private nextSecond = -Infinity
  private logMid = NaN
  private squares = 0
  private seconds = 0
  private traded = 0

  /** Of log mid returns, per square root of a second; NaN before there are two mids. */
  get volatility(): number {
    return this.seconds > 0 ? Math.sqrt(this.squares / this.seconds) : NaN
  }

  /** Lots a second; NaN in the first second. */
  get volumeRate(): number {
    return this.seconds > 0 ? this.traded / this.seconds : NaN
  }

  trade(lots: Lots): void {
    this.traded += lots
  }

  /** Due at the first event of a second. */
  due(now: Micros): boolean {
    return now >= this.nextSecond
  }

  /** @param mid As it stood before the event, NaN where there was none. */
  step(now: Micros, mid: number): void {
    const passed = this.nextSecond === -Infinity ? 0 : 1 + Math.floor((now - this.nextSecond) / secondMicros)
    this.nextSecond = (Math.floor(now / secondMicros) + 1) * secondMicros
    const fade = 0.5 ** (passed / halfLifeSeconds)
    const logMid = mid > 0 ? Math.log(mid) : NaN
    const move = logMid - this.logMid
    this.squares = this.squares * fade + (Number.isNaN(move) ? 0 : move * move)
    this.seconds = this.seconds * fade + passed
    this.traded *= fade
    if (!Number.isNaN(logMid)) this.logMid = logMid
  }
}
