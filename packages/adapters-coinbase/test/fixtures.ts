import type { Instrument } from '@rxlob/core'

export const demo: Instrument = {
  id: 'coinbase:DEMO-USD', venue: 'coinbase', symbol: 'DEMO-USD', kind: 'spot', base: 'DEMO', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 0.01, lotSize: 1e-8, multiplier: 1,
}

export const encode = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

const order = (end: string): string => `aaaaaaaa-${end.padStart(4, '0')}-4000-8000-${end.padStart(12, '0')}`

/** Synthetic messages with the exact shape of the Exchange feed, and the books that they end in. */
export const exchange = {
  subscriptions: '{"type": "subscriptions", "channels": [{"name": "level2_50", "product_ids": ["DEMO-USD"], "account_ids": null}, {"name": "matches", "product_ids": ["DEMO-USD"], "account_ids": null}, {"name": "heartbeat", "product_ids": ["DEMO-USD"], "account_ids": null}]}',
  errorAuth: '{"type": "error", "message": "Failed to subscribe", "reason": "level2, level3, and full channels now require authentication"}',
  heartbeat: '{"type": "heartbeat", "sequence": 90, "last_trade_id": 20, "product_id": "DEMO-USD", "time": "2026-09-21T14:13:20.123456Z"}',
  ticker: '{"type": "ticker", "sequence": 104, "product_id": "DEMO-USD", "price": "101.00", "best_bid": "100.00", "best_bid_size": "1.00000000", "best_ask": "101.00", "best_ask_size": "1.50000000", "side": "buy", "time": "2026-09-21T14:13:20.400000Z", "trade_id": 21, "last_size": "0.50000000"}',
  snapshot: '{"type": "snapshot", "product_id": "DEMO-USD", "bids": [["100.00", "1.00000000"], ["99.50", "2.50000000"]], "asks": [["101.00", "2.00000000"], ["101.50", "3.00000000"]], "time": "2026-09-21T14:13:20.000001Z"}',
  update1: '{"type": "l2update", "product_id": "DEMO-USD", "changes": [["buy", "100.50", "0.75000000"], ["sell", "101.00", "0.00000000"]], "time": "2026-09-21T14:13:20.050001Z"}',
  update2: '{"type": "l2update", "product_id": "DEMO-USD", "changes": [["buy", "99.50", "0"], ["sell", "101.20", "4.1"]], "time": "2026-09-21T14:13:20.100001Z"}',
  end: { bids: [[100.5, 0.75], [100, 1]], asks: [[101.2, 4.1], [101.5, 3]] },
  lastMatch: '{"type": "last_match", "trade_id": 20, "maker_order_id": "11111111-1111-4111-8111-111111111111", "taker_order_id": "22222222-2222-4222-8222-222222222222", "side": "sell", "size": "0.10000000", "price": "100.90", "product_id": "DEMO-USD", "sequence": 89, "time": "2026-09-21T14:13:19.900000Z"}',
  match: '{"type": "match", "trade_id": 21, "maker_order_id": "aaaaaaaa-0002-4000-8000-000000000002", "taker_order_id": "bbbbbbbb-0001-4000-8000-000000000001", "side": "sell", "size": "0.50000000", "price": "101.00", "product_id": "DEMO-USD", "sequence": 104, "time": "2026-09-21T14:13:20.400000Z"}',
  products: '[{"id": "DEMO-USD", "base_currency": "DEMO", "quote_currency": "USD", "quote_increment": "0.01", "base_increment": "0.00000001", "status": "online", "auction_mode": false}, {"id": "OTHER-USD", "base_currency": "OTHER", "quote_currency": "USD", "quote_increment": "0.01", "base_increment": "0.00000001", "status": "online"}]',
}

/** The worked level-3 sequence: a book at 102, messages 100 to 106, then 108. */
export const orders = {
  book: `{"sequence": 102, "bids": [["100.00", "1.00000000", "${order('1')}"]], "asks": [["101.50", "3.00000000", "${order('9')}"]], "auction_mode": false, "auction": null, "time": "2026-09-21T14:13:20.250000Z"}`,
  messages: [
    `{"type":"received","time":"2026-09-21T14:13:20.100000Z","product_id":"DEMO-USD","sequence":100,"order_id":"${order('1')}","size":"1.00000000","price":"100.00","side":"buy","order_type":"limit"}`,
    `{"type":"open","time":"2026-09-21T14:13:20.100000Z","product_id":"DEMO-USD","sequence":101,"order_id":"${order('1')}","price":"100.00","remaining_size":"1.00000000","side":"buy"}`,
    `{"type":"done","time":"2026-09-21T14:13:20.200000Z","product_id":"DEMO-USD","sequence":102,"order_id":"${order('0')}","price":"99.00","remaining_size":"0.40000000","reason":"canceled","side":"buy"}`,
    `{"type":"open","time":"2026-09-21T14:13:20.300000Z","product_id":"DEMO-USD","sequence":103,"order_id":"${order('2')}","price":"101.00","remaining_size":"2.00000000","side":"sell"}`,
    `{"type":"match","time":"2026-09-21T14:13:20.400000Z","product_id":"DEMO-USD","sequence":104,"trade_id":21,"maker_order_id":"${order('2')}","taker_order_id":"bbbbbbbb-0001-4000-8000-000000000001","size":"0.50000000","price":"101.00","side":"sell"}`,
    '{"type":"done","time":"2026-09-21T14:13:20.400000Z","product_id":"DEMO-USD","sequence":105,"order_id":"bbbbbbbb-0001-4000-8000-000000000001","reason":"filled","side":"buy"}',
    `{"type":"change","time":"2026-09-21T14:13:20.500000Z","product_id":"DEMO-USD","sequence":106,"order_id":"${order('9')}","side":"sell","old_size":"3.00000000","new_size":"2.00000000","price":"101.50","reason":"STP"}`,
  ] as const,
  afterGap: `{"type":"open","time":"2026-09-21T14:13:20.600000Z","product_id":"DEMO-USD","sequence":108,"order_id":"${order('3')}","price":"100.10","remaining_size":"5.00000000","side":"buy"}`,
  order,
  end: { bids: [[100, 1]], asks: [[101, 1.5], [101.5, 2]] },
}

/** The same for Advanced Trade. */
export const advanced = {
  snapshot: '{"channel": "l2_data", "client_id": "", "timestamp": "2026-09-21T14:13:20.123456789Z", "sequence_num": 0, "events": [{"type": "snapshot", "product_id": "DEMO-USD", "updates": [{"side": "bid", "event_time": "1970-01-01T00:00:00Z", "price_level": "100.00", "new_quantity": "1.00000000"}, {"side": "bid", "event_time": "1970-01-01T00:00:00Z", "price_level": "99.5", "new_quantity": "2.5"}, {"side": "offer", "event_time": "1970-01-01T00:00:00Z", "price_level": "101.00", "new_quantity": "2.00000000"}, {"side": "offer", "event_time": "1970-01-01T00:00:00Z", "price_level": "101.50", "new_quantity": "3"}]}]}',
  subscriptions: '{"channel": "subscriptions", "client_id": "", "timestamp": "2026-09-21T14:13:20.124000000Z", "sequence_num": 1, "events": [{"subscriptions": {"level2": ["DEMO-USD"]}}]}',
  update: '{"channel": "l2_data", "client_id": "", "timestamp": "2026-09-21T14:13:20.200000000Z", "sequence_num": 2, "events": [{"type": "update", "product_id": "DEMO-USD", "updates": [{"side": "bid", "event_time": "2026-09-21T14:13:20.199111Z", "price_level": "100.50", "new_quantity": "0.75"}, {"side": "offer", "event_time": "2026-09-21T14:13:20.199111Z", "price_level": "101.00", "new_quantity": "0"}]}]}',
  heartbeat: '{"channel": "heartbeats", "client_id": "", "timestamp": "2026-09-21T14:13:21.000000000Z", "sequence_num": 3, "events": [{"current_time": "2026-09-21 14:13:21.000000000 +0000 UTC m=+91717.525857105", "heartbeat_counter": 3049}]}',
  trades: '{"channel": "market_trades", "client_id": "", "timestamp": "2026-09-21T14:13:21.250000000Z", "sequence_num": 4, "events": [{"type": "update", "trades": [{"trade_id": "502", "product_id": "DEMO-USD", "price": "101.20", "size": "0.3", "side": "SELL", "time": "2026-09-21T14:13:21.240000Z"}, {"trade_id": "501", "product_id": "DEMO-USD", "price": "101.20", "size": "0.1", "side": "SELL", "time": "2026-09-21T14:13:21.190000Z"}]}]}',
  ticker: '{"channel": "ticker", "client_id": "", "timestamp": "2026-09-21T14:13:21.300000000Z", "sequence_num": 5, "events": [{"type": "update", "tickers": [{"type": "ticker", "product_id": "DEMO-USD", "price": "101.20", "best_bid": "100.50", "best_bid_quantity": "0.75", "best_ask": "101.50", "best_ask_quantity": "3"}]}]}',
  end: { bids: [[100.5, 0.75], [100, 1], [99.5, 2.5]], asks: [[101.5, 3]] },
  products: '{"products": [{"product_id": "DEMO-USD", "base_currency_id": "DEMO", "quote_currency_id": "USD", "price_increment": "0.01", "base_increment": "0.00000001", "product_type": "SPOT", "status": "online", "alias": ""}, {"product_id": "OTHER-USD", "base_currency_id": "OTHER", "quote_currency_id": "USD", "price_increment": "0.01", "base_increment": "0.00000001", "product_type": "SPOT", "status": "online", "alias": ""}, {"product_id": "DEMO-USDC", "base_currency_id": "DEMO", "quote_currency_id": "USDC", "price_increment": "0.01", "base_increment": "0.00000001", "product_type": "SPOT", "alias": "DEMO-USD"}]}',
}
