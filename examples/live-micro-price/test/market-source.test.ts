import type { LiveSource } from '@rxlob/feed'
import { describe, expect, it } from 'vitest'
import { marketSource, venues } from '../market-source.ts'

const live = (venue: string, url?: string): LiveSource['spec'] => (marketSource({ venue, symbols: undefined, url }) as LiveSource).spec
const addressOf = ({ url, streams }: LiveSource['spec']): string => (typeof url === 'string' ? url : url(streams!))

describe('the source of a venue', () => {
  it('is at the venue, or at the server that was named', () => {
    expect(addressOf(live('binance'))).toMatch(/^wss:\/\/stream\.binance\.com/)
    expect(addressOf(live('binance', 'http://localhost:9000'))).toMatch(/^ws:\/\/localhost:9000\/stream\?streams=btcusdt@depth@100ms/)
    expect(addressOf(live('coinbase', 'http://localhost:9000'))).toBe('ws://localhost:9000')
    expect(live('coinbase-advanced', 'http://localhost:9000').audit!.url('BTC-USD')).toMatch(/^http:\/\/localhost:9000\/api\/v3\/brokerage/)
  })

  it('has a book for every name in the help', () => {
    for (const venue of venues) expect(marketSource({ venue, symbols: undefined, url: undefined }).supports.book).toMatch(/^l[23]$/)
  })

  it('that does not exist is refused with those that do', () => {
    expect(() => marketSource({ venue: 'mtgox', symbols: undefined, url: undefined })).toThrow(/expected one of simulator, binance, .* got mtgox/)
  })
})
