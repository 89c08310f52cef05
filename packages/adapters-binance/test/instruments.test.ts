import { describe, expect, it } from 'vitest'
import { readInstruments } from '../src/index.js'
import { demo, spot } from './fixtures.js'

const info = JSON.parse(spot.exchangeInfo)
const withFilters = (filters: unknown): unknown => ({ symbols: [{ ...info.symbols[0], filters }] })

describe('exchangeInfo', () => {
  it('gives the grid of a spot symbol', () => {
    expect(readInstruments(info, 'spot', 'binance', ['DEMOUSDT'])).toEqual([{ instrument: demo, status: 'TRADING' }])
  })

  it('of USD-M: perpetual or dated, settled in the margin asset', () => {
    const symbol = { ...info.symbols[0], contractType: 'PERPETUAL', marginAsset: 'USDT', contractStatus: 'TRADING' }
    expect(readInstruments({ symbols: [symbol] }, 'usdm', 'binance-usdm')[0]!.instrument).toMatchObject({ id: 'binance-usdm:DEMOUSDT', kind: 'perpetual', settle: 'USDT', contract: 'linear', multiplier: 1 })
    expect(readInstruments({ symbols: [{ ...symbol, contractType: 'CURRENT_QUARTER' }] }, 'usdm', 'binance-usdm')[0]!.instrument.kind).toBe('future')
  })

  it('of COIN-M: inverse, sized in contracts', () => {
    const symbol = { ...info.symbols[0], symbol: 'BTCUSD_PERP', baseAsset: 'BTC', quoteAsset: 'USD', marginAsset: 'BTC', contractType: 'PERPETUAL', contractSize: 100, filters: [{ filterType: 'PRICE_FILTER', tickSize: '0.1' }, { filterType: 'LOT_SIZE', stepSize: '1' }] }
    expect(readInstruments({ symbols: [symbol] }, 'coinm', 'binance-coinm')[0]!.instrument).toMatchObject({ contract: 'inverse', settle: 'BTC', multiplier: 100, lotSize: 1, tickSize: 0.1 })
  })

  it('a rule that is switched off leaves the finest decimal of the asset', () => {
    expect(readInstruments(withFilters([{ filterType: 'PRICE_FILTER', tickSize: '0.00000000' }]), 'spot', 'binance')[0]!.instrument).toMatchObject({ tickSize: 1e-8, lotSize: 1e-8 })
  })

  it('names the symbols that the venue does not list', () => {
    expect(() => readInstruments(info, 'spot', 'binance', ['DEMOUSDT', 'NOPE'])).toThrow(/lists no NOPE/)
    expect(() => readInstruments({ code: -1121, msg: 'Invalid symbol.' }, 'spot', 'binance', ['X'])).toThrow(/exchangeInfo answer/)
  })
})
