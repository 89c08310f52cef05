import { describe, expect, it } from 'vitest'
import { columnsOf, standardFeatures } from '../../src/kernel.js'

describe('standardFeatures', () => {
  it('has the 32 columns of version 1, in order', () => {
    expect(columnsOf(standardFeatures()).map(({ name, unit }) => `${name} ${unit}`)).toEqual([
      'ofi_1 lots', 'rolling_ofi_1_100 lots', 'rolling_ofi_10_100 lots', 'rolling_ofi_10_10s lots', 'normalised_ofi_10_100 ratio', 'log_ofi_10 ratio',
      'mid_price price', 'weighted_mid price', 'mid_return_100 log-return', 'mid_return_10s log-return', 'spread ticks', 'relative_spread ratio',
      'bid_volume_1 lots', 'ask_volume_1 lots', 'bid_volume_10 lots', 'ask_volume_10 lots', 'bid_vwap_10 price', 'ask_vwap_10 price', 'book_vwap_10 price',
      'top_share_10 ratio', 'hhi_10 ratio', 'hhi_normalised_10 ratio', 'gini_10 ratio', 'queue_imbalance ratio', 'depth_imbalance_5 ratio',
      'depth_imbalance_harmonic_10 ratio', 'cancels_per_submission_count_1000 ratio', 'cancels_per_submission_volume_1000 ratio',
      'cancel_share_of_removals_1000 ratio', 'trade_flow_imbalance_normalised_10s ratio', 'realized_vol_100 log-return', 'parkinson_vol_60s log-return',
    ])
  })
})
