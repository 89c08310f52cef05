import type { Instrument } from '@rxlob/core'

export const demo: Instrument = {
  id: 'binance:DEMOUSDT', venue: 'binance', symbol: 'DEMOUSDT', kind: 'spot', base: 'DEMO', quote: 'USDT', settle: 'USDT', contract: 'linear', tickSize: 0.01, lotSize: 1e-5, multiplier: 1,
}
export const demoFutures: Instrument = { ...demo, id: 'binance-usdm:DEMOUSDT', venue: 'binance-usdm', kind: 'perpetual', tickSize: 0.1, lotSize: 0.001 }

export const encode = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

/** Synthetic messages with the exact shape of the wire, and the books that they end in. */
export const spot = {
  subscribed: '{"result": null, "id": 1}',
  listed: '{"result": ["demousdt@depth@100ms", "demousdt@trade", "demousdt@bookTicker"], "id": 3}',
  badMethod: '{"code": 2, "msg": "Invalid request: unknown variant SUBSCRIB, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY` at line 1 column 28"}',
  badJson: '{"code": 3, "msg": "Invalid JSON: expected value at line 1 column 9"}',
  shutdownRaw: '{"e": "serverShutdown", "E": 1790000000123}',
  shutdownCombined: '{"stream": "!serverShutdown", "data": {"e": "serverShutdown", "E": 1790000000123}}',
  trade: '{"stream": "demousdt@trade", "data": {"e": "trade", "E": 1790000000150, "s": "DEMOUSDT", "t": 9001, "p": "64000.25000000", "q": "0.05000000", "T": 1790000000149, "m": false, "M": true}}',
  aggTrade: '{"stream": "demousdt@aggTrade", "data": {"e": "aggTrade", "E": 1790000000151, "s": "DEMOUSDT", "a": 700010, "p": "64000.25000000", "q": "0.06000000", "f": 9001, "l": 9002, "T": 1790000000149, "m": false, "M": true}}',
  bookTicker: '{"stream": "demousdt@bookTicker", "data": {"u": 1013, "s": "DEMOUSDT", "b": "64000.10000000", "B": "1.25000000", "a": "64000.25000000", "A": "0.60000000"}}',
  partial: '{"stream": "demousdt@depth5@100ms", "data": {"lastUpdateId": 1020, "bids": [["64000.10000000", "1.25000000"], ["64000.00000000", "2.00000000"], ["63999.80000000", "4.00000000"]], "asks": [["64000.25000000", "0.60000000"], ["64000.30000000", "1.10000000"], ["64000.50000000", "2.50000000"]]}}',
  snapshot1007: '{"lastUpdateId": 1007, "bids": [["64000.10000000", "1.50000000"], ["64000.00000000", "2.00000000"], ["63999.90000000", "0.75000000"]], "asks": [["64000.20000000", "0.40000000"], ["64000.30000000", "1.10000000"], ["64000.50000000", "3.00000000"]]}',
  e1: '{"stream": "demousdt@depth@100ms", "data": {"e": "depthUpdate", "E": 1790000000100, "s": "DEMOUSDT", "U": 1001, "u": 1003, "b": [["63999.90000000", "0.75000000"]], "a": []}}',
  e2: '{"stream": "demousdt@depth@100ms", "data": {"e": "depthUpdate", "E": 1790000000200, "s": "DEMOUSDT", "U": 1004, "u": 1010, "b": [["64000.10000000", "1.25000000"], ["63999.80000000", "4.00000000"]], "a": [["64000.20000000", "0.00000000"]]}}',
  e3: '{"stream": "demousdt@depth@100ms", "data": {"e": "depthUpdate", "E": 1790000000300, "s": "DEMOUSDT", "U": 1011, "u": 1011, "b": [], "a": [["64000.25000000", "0.60000000"]]}}',
  e4: '{"stream": "demousdt@depth@100ms", "data": {"e": "depthUpdate", "E": 1790000000400, "s": "DEMOUSDT", "U": 1012, "u": 1020, "b": [["63999.90000000", "0.00000000"], ["63999.10000000", "0.00000000"]], "a": [["64000.50000000", "2.50000000"]]}}',
  end: { bids: [[64000.1, 1.25], [64000, 2], [63999.8, 4]], asks: [[64000.25, 0.6], [64000.3, 1.1], [64000.5, 2.5]] },
  exchangeInfo: '{"timezone": "UTC", "serverTime": 1790000000000, "rateLimits": [{"rateLimitType": "REQUEST_WEIGHT", "interval": "MINUTE", "intervalNum": 1, "limit": 6000}], "exchangeFilters": [], "symbols": [{"symbol": "DEMOUSDT", "status": "TRADING", "baseAsset": "DEMO", "baseAssetPrecision": 8, "quoteAsset": "USDT", "quotePrecision": 8, "quoteAssetPrecision": 8, "filters": [{"filterType": "PRICE_FILTER", "minPrice": "0.01000000", "maxPrice": "1000000.00000000", "tickSize": "0.01000000"}, {"filterType": "LOT_SIZE", "minQty": "0.00001000", "maxQty": "9000.00000000", "stepSize": "0.00001000"}], "permissionSets": [["SPOT"]]}]}',
}

export const usdm = {
  snapshot5005: '{"lastUpdateId": 5005, "E": 1790000000510, "T": 1790000000502, "bids": [["64010.1", "2.000"], ["64010.0", "5.500"]], "asks": [["64010.2", "1.200"], ["64010.4", "3.000"]]}',
  f1: '{"stream": "demousdt@depth@100ms", "data": {"e": "depthUpdate", "E": 1790000000400, "T": 1790000000395, "s": "DEMOUSDT", "ps": "DEMOUSDT", "st": 1, "U": 4990, "u": 5001, "pu": 4988, "b": [["64010.0", "5.500"]], "a": []}}',
  f2: '{"stream": "demousdt@depth@100ms", "data": {"e": "depthUpdate", "E": 1790000000500, "T": 1790000000497, "s": "DEMOUSDT", "ps": "DEMOUSDT", "st": 1, "U": 5002, "u": 5009, "pu": 5001, "b": [["64010.1", "1.500"]], "a": [["64010.2", "0.000"], ["64010.3", "0.800"]]}}',
  f3: '{"stream": "demousdt@depth@100ms", "data": {"e": "depthUpdate", "E": 1790000000600, "T": 1790000000598, "s": "DEMOUSDT", "ps": "DEMOUSDT", "st": 1, "U": 5014, "u": 5020, "pu": 5009, "b": [["64009.9", "7.000"]], "a": []}}',
  f4Gap: '{"stream": "demousdt@depth@100ms", "data": {"e": "depthUpdate", "E": 1790000000800, "T": 1790000000797, "s": "DEMOUSDT", "ps": "DEMOUSDT", "st": 1, "U": 5023, "u": 5030, "pu": 5022, "b": [], "a": [["64010.4", "2.000"]]}}',
  bookTicker: '{"stream": "demousdt@bookTicker", "data": {"e": "bookTicker", "u": 5020, "E": 1790000000599, "T": 1790000000598, "s": "DEMOUSDT", "ps": "DEMOUSDT", "st": 1, "b": "64010.1", "B": "1.500", "a": "64010.3", "A": "0.800"}}',
  aggTrade: '{"stream": "demousdt@aggTrade", "data": {"e": "aggTrade", "E": 1790000000650, "a": 5933014, "s": "DEMOUSDT", "p": "64010.3", "q": "0.100", "nq": "0.080", "f": 100, "l": 105, "T": 1790000000648, "m": false, "st": 1}}',
  insurance: '{"stream": "demousdt@trade", "data": {"e": "trade", "E": 1790000000650, "T": 1790000000648, "s": "DEMOUSDT", "t": 106, "p": "64010.3", "q": "0.100", "X": "INSURANCE_FUND", "m": true}}',
  end: { bids: [[64010.1, 1.5], [64010, 5.5], [64009.9, 7]], asks: [[64010.3, 0.8], [64010.4, 3]] },
}
