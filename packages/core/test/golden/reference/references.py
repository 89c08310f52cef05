"""Every column of the catalogue under its name, from a Day."""
import math

import numpy as np

from features import (NAN, bar_value, bars, buckets, bulk, decaying, exact, flow, kernel, ln, log_returns, profile, queue_ahead, ratio, rogers, settled, sweep, student_quarter, tick_rule, total,
                      two_scale, yang_zhang)

SECOND = 1_000_000


def build(d, levels):
    o = {}
    L = levels
    bp, bq, ap, aq, mid = d.bp, d.bq, d.ap, d.aq, d.mid
    b, a, q, r = bp[:, 0], ap[:, 0], bq[:, 0], aq[:, 0]
    S = a - b
    rows100, s10 = d.window({'ticks': 100}), d.window({'micros': 10 * SECOND})
    w1000, s60 = d.window({'ticks': 1000}), d.window({'micros': 60 * SECOND})

    # The book as it stands.
    for m in range(L):
        o[f'ask_price_{m+1}'], o[f'ask_lots_{m+1}'], o[f'bid_price_{m+1}'], o[f'bid_lots_{m+1}'] = ap[:, m] / 100, aq[:, m], bp[:, m] / 100, bq[:, m]
    o['mid_price'] = mid / 100
    wm = (r * b + q * a) / (q + r)
    o['weighted_mid'] = wm / 100
    o['shrunk_weighted_mid'] = (mid + 0.12 * (wm - mid)) / 100
    rho = (q - r) / (q + r)
    o['queue_imbalance'] = rho
    edges, table = [-0.4, 0, 0.4], np.array([[-1, -0.5, 0.5, 1], [-2, -0.75, 0.75, 2]])
    side = np.where(rho > 0.4, 3, np.where(rho > 0, 2, np.where(rho >= -0.4, 1, 0)))
    o['micro_price'] = (mid + np.where(rho == 0, 0, table[np.minimum(S, 2).astype(int) - 1, side])) / 100
    o['spread'], o['relative_spread'] = S, S / mid
    for k in (1, L):
        o[f'bid_volume_{k}'], o[f'ask_volume_{k}'] = bq[:, :k].sum(1), aq[:, :k].sum(1)
    money = lambda p, v: np.nansum(np.where(v > 0, p, 0) * v, 1)
    o[f'bid_vwap_{L}'], o[f'ask_vwap_{L}'] = money(bp, bq) / bq.sum(1) / 100, money(ap, aq) / aq.sum(1) / 100
    o[f'book_vwap_{L}'] = (money(bp, bq) + money(ap, aq)) / (bq.sum(1) + aq.sum(1)) / 100
    bp_, bu = sweep(ap, aq, 500)
    sp_, su = sweep(bp, bq, 500)
    o['buy_sweep_price_500'], o['buy_sweep_unfilled_500'], o['sell_sweep_price_500'], o['sell_sweep_unfilled_500'] = bp_ / 100, bu, sp_ / 100, su
    o['round_trip_cost_500'] = np.where((bu == 0) & (su == 0), (bp_ - sp_) / mid, NAN)
    for name, p, v in (('bid', bp, bq), ('ask', ap, aq)):
        x, y = np.abs(p / mid[:, None] - 1), np.cumsum(v, 1)
        held = v > 0
        o[f'{name}_slope_{L}'] = np.sum(np.where(held, x * y, 0), 1) / np.sum(np.where(held, x * x, 0), 1)
        with np.errstate(all='ignore'):
            lv = np.log(y)
            terms = np.c_[lv[:, 0] / np.abs(p[:, 0] / mid - 1), (lv[:, 1:] / lv[:, :-1] - 1) / np.abs(p[:, 1:] / p[:, :-1] - 1)]
        o[f'{name}_elasticity_{L}'] = np.where(v[:, 0] > 1, np.sum(np.where(held, terms, 0), 1) / held.sum(1), NAN)
        o[f'{name}_volume_within_5bps'] = np.where(x[:, -1] <= 5e-4, NAN, np.sum(np.where(held & (np.abs(p - mid[:, None]) <= mid[:, None] * 5 / 1e4), v, 0), 1))
    o[f'book_elasticity_{L}'] = (o[f'bid_elasticity_{L}'] + o[f'ask_elasticity_{L}']) / 2
    both = np.c_[bq, aq]
    n = (both > 0).sum(1)
    share = both / both.sum(1)[:, None]
    hhi = (share ** 2).sum(1)
    o[f'top_share_{L}'], o[f'hhi_{L}'], o[f'hhi_normalised_{L}'] = (q + r) / both.sum(1), hhi, (hhi - 1 / n) / (1 - 1 / n)
    gini = np.abs(both[:, :, None] - both[:, None, :]) if d.n < 5000 else None
    if gini is None:
        ordered = np.sort(both, 1)
        missing = (both == 0).sum(1)
        rank = np.arange(1, 2 * L + 1)[None] - missing[:, None]
        o[f'gini_{L}'] = 2 * (np.maximum(rank, 0) * ordered).sum(1) / (n * both.sum(1)) - (n + 1) / n
    else:
        present = (both > 0)[:, :, None] & (both > 0)[:, None, :]
        o[f'gini_{L}'] = (gini * present).sum((1, 2)) / (2 * n * both.sum(1))
    with np.errstate(all='ignore'):
        o[f'liquidity_entropy_{L}'] = -np.where(share > 0, share * np.log(share), 0).sum(1) / np.log(n)
    profile_bins = []
    for p, v in ((bp, bq), (ap, aq)):
        far = np.abs(p - mid[:, None])
        profile_bins += [np.sum(np.where((v > 0) & (far > 10 * k) & (far <= 10 * (k + 1)), v, 0), 1) for k in range(3)]
    inside = np.sum(profile_bins, 0)
    for k in range(3):
        o[f'bid_profile_3x10_{k+1}'], o[f'ask_profile_3x10_{k+1}'] = ratio(profile_bins[k], inside), ratio(profile_bins[3 + k], inside)
    m = np.arange(L)
    weights = {'': 1.0 + 0 * m, '_harmonic': 1 / (m + 1), '_exponential': np.exp(-0.5 * m)}
    for name, w in weights.items():
        B, A = (bq * w).sum(1), (aq * w).sum(1)
        o[f'depth_imbalance{name}_{L}'] = (B - A) / (B + A)
    with np.errstate(all='ignore'):
        B = np.nansum(np.exp(-0.05 * (mid[:, None] - bp)) * bq, 1)
        A = np.nansum(np.exp(-0.05 * (ap - mid[:, None])) * aq, 1)
    o[f'depth_imbalance_distance_{L}'] = (B - A) / (B + A)

    # Order flow.
    e = np.array([flow(d, m) for m in range(L)])
    for m in range(L): o[f'ofi_level_{m+1}'] = e[m]
    o['ofi_1'], o[f'ofi_{L}'] = e[0], e.sum(0)
    o[f'log_ofi_{L}'] = sum(flow(d, m, np.log1p) for m in range(L))
    grow = np.full(d.n, NAN)
    grow[1:] = (np.maximum(np.diff(bq, axis=0), 0) - np.maximum(np.diff(aq, axis=0), 0)).sum(1)
    o[f'size_increase_imbalance_{L}'] = grow
    known = np.where(np.isnan(e.sum(0)), 0, e.sum(0))
    o['rolling_ofi_1_100'] = total(np.nan_to_num(e[0]), rows100)
    o[f'rolling_ofi_{L}_10s'] = total(known, s10)
    has = ~np.isnan(e.sum(0))
    depth = np.where(has, (bq + aq).sum(1) / (2 * L), 0)
    o[f'normalised_ofi_{L}_100'] = total(known, rows100) * total(has, rows100) / total(depth, rows100)
    weight = np.array([0.5 ** (k + 1) for k in range(L)])
    o[f'integrated_ofi_{L}_10s'] = exact(np.where(has, weight @ np.nan_to_num(e), 0), s10)

    # Returns and volatility.
    step = np.r_[0, np.log(mid[1:] / mid[:-1])]
    o['mid_return_100'] = np.where(d.row > 100, np.log(mid / np.r_[np.full(100, NAN), mid[:-100]]), NAN)
    left = np.searchsorted(d.t, d.t - 10 * SECOND, side='right') - 1
    o['mid_return_10s'] = np.where(left >= 0, np.log(mid / mid[np.maximum(left, 0)]), NAN)
    o['realized_vol_100'] = np.sqrt(exact(step ** 2, rows100))
    l, rr, cov = s10
    first = np.where(l == 0, 1, l)
    o['realized_vol_10s'] = np.where(rr - first >= 2, np.sqrt(exact(step ** 2, s10)), NAN)
    spans = lambda w: np.array([np.log(mid[x:y].max() / mid[x:y].min()) ** 2 / (4 * np.log(2)) if c else NAN for x, y, c in zip(*w)])
    o['parkinson_vol_100'], o['parkinson_var_60s'] = np.sqrt(spans(rows100)), spans(s60)
    one, seven = {'micros': SECOND}, {'ticks': 7}
    for name, span in (('20x1s', one), ('20x7', seven)):
        gk = lambda v: np.mean(0.5 * ln(v[:, 1], v[:, 2]) ** 2 - (2 * np.log(2) - 1) * ln(v[:, 3], v[:, 0]) ** 2)
        o[f'garman_klass_var_{name}'] = bar_value(d, span, 20, gk)
        o[f'rogers_satchell_var_{name}'] = bar_value(d, span, 20, lambda v: rogers(v).mean())
        o[f'yang_zhang_var_{name}'] = bar_value(d, span, 20, yang_zhang, 1)
        o[f'close_to_close_var_{name}'] = bar_value(d, span, 20, lambda v: np.var(log_returns(v), ddof=1), 1)
        o[f'bipower_var_{name}'] = bar_value(d, span, 20, lambda v: np.pi / 2 * 20 / 19 * np.sum(np.abs(log_returns(v)[1:] * log_returns(v)[:-1])), 1)
        o[f'two_scale_3_var_{name}'] = bar_value(d, span, 20, lambda v: two_scale(log_returns(v), 3), 1)
        o[f'realized_kernel_4_var_{name}'] = bar_value(d, span, 20, lambda v: kernel(log_returns(v), 4), 1)

    # Trades.
    signed = np.where(d.traded, d.q * d.size, 0)
    lots = np.where(d.traded, d.size, 0)
    o['trade_flow'] = signed
    o['trade_flow_imbalance_100'] = total(signed, rows100)
    o['trade_flow_imbalance_normalised_10s'] = ratio(total(signed, s10), total(lots, s10))
    o['trade_sign'] = np.where(d.traded, d.q, NAN)
    rule = tick_rule(d)
    o['trade_sign_tick_rule'] = rule
    before = np.r_[NAN, mid[:-1]]
    o['trade_sign_lee_ready'] = np.where(d.traded, np.where(d.price > before, 1, np.where(d.price < before, -1, rule)), NAN)
    cost = np.where(d.traded, 2 * d.q * (d.price - before) * d.size, 0)
    o['effective_spread_60s'] = ratio(exact(cost, s60), total(lots, s60))
    for name, reference, sign in (('realized_spread', 'trade', -1), ('price_impact', 'mid', 1)):
        value, weight_ = settled(d, {'micros': 5 * SECOND}, reference)
        o[f'{name}_5s_60s'] = sign * ratio(exact(value, s60), total(weight_, s60))
        value, weight_ = settled(d, {'ticks': 20}, reference)
        o[f'{name}_20_1000'] = sign * ratio(exact(value, w1000), total(weight_, w1000))
    o['trade_vwap_60s'] = ratio(exact(np.where(d.traded, np.nan_to_num(d.price) * d.size, 0), s60), total(lots, s60)) / 100
    every = np.arange(0, d.n, 97 if d.n > 5000 else 1)
    chosen = np.zeros(d.n, bool)
    chosen[every] = True
    for name, column in zip(('point_of_control', 'value_low', 'value_high'), profile(d, w1000, 0.7, every)): o[f'{name}_1000'] = (column, chosen)
    at = np.flatnonzero(d.traded)
    change = np.diff(d.price[at])
    now, was, when = change[1:], change[:-1], at[2:]
    roll = np.full(d.n, NAN)
    for i in every:
        k = slice(np.searchsorted(when, w1000[0][i]), np.searchsorted(when, i, side='right'))
        if w1000[2][i] and k.stop - k.start >= 2:
            c = np.mean(now[k] * was[k]) - now[k].mean() * was[k].mean()
            roll[i] = 2 * np.sqrt(-c) if c < -1e-9 else NAN
    o['roll_spread_1000'] = (roll, chosen)
    x = lambda v: v[:, 5]
    o['kyle_lambda_20x1s'] = bar_value(d, one, 20, lambda v: np.polyfit(x(v), v[:, 3] - v[:, 4], 1)[0] if np.ptp(x(v)) > 0 else NAN, 1)
    # Quote units a share: 0.01 a tick.
    money_ = lambda v: np.where(v[:, 6] > 0, np.abs(log_returns(v)) / np.where(v[:, 6] > 0, v[:, 7] / 100, 1), NAN)
    o['amihud_20x1s'] = bar_value(d, one, 20, lambda v: 1e6 * np.nanmean(money_(v)) if (v[:, 6] > 0).any() else NAN, 1)
    o['vpin_exact_10x500'] = buckets([(i, d.size[i] if d.q[i] > 0 else 0, d.size[i]) for i in at], 500, 10, d.n)

    normal = lambda z: 0.5 * math.erfc(-z / math.sqrt(2))
    o['vpin_10x500_1s'] = buckets(bulk(d, one, 5, normal), 500, 10, d.n)
    o['vpin_student_10x500_50'] = buckets(bulk(d, {'ticks': 50}, 5, student_quarter), 500, 10, d.n)

    # Queues.
    add, cancel = d.kind == 1, (d.kind == 2) | (d.kind == 3)
    count = lambda mask, w: total(mask.astype(float), w)
    o['cancels_per_submission_count_1000'] = ratio(count(cancel, w1000), count(add, w1000))
    o['cancels_per_submission_volume_1000'] = ratio(total(cancel * d.size, w1000), total(add * d.size, w1000))
    fill = d.kind == 4
    o['cancel_share_of_removals_1000'] = ratio(total(cancel * d.size, w1000), total((cancel | fill) * d.size, w1000))
    o['submissions_per_trade_1000'] = ratio(count(add, w1000), count(fill, w1000))
    sides = {'bid': d.side == 1, 'ask': d.side == -1}
    for name, of in sides.items():
        o[f'{name}_add_rate_60s'], o[f'{name}_cancel_rate_60s'] = count(add & of, s60) / 60, count(cancel & of, s60) / 60
        distance = a - d.price if name == 'bid' else d.price - b
        for k in range(1, 21):
            o[f'{name}_add_rate_at_{k}_60s'] = count(add & of & (distance == k), s60) / 60
            o[f'{name}_cancel_rate_at_{k}_60s'] = count(cancel & of & (distance == k), s60) / 60
        for k in range(1, 6):
            for kind, mask in (('add', add), ('cancel', cancel)):
                o[f'{name}_{kind}_rate_at_{k}_decay_10s'] = decaying(d, mask & of & (distance == k), 10 * SECOND) / 10
    o['market_buy_rate_60s'], o['market_sell_rate_60s'] = count(fill & (d.side == -1), s60) / 60, count(fill & (d.side == 1), s60) / 60
    o['market_buy_rate_decay_10s'], o['market_sell_rate_decay_10s'] = (decaying(d, fill & (d.side == side), 10 * SECOND) / 10 for side in (-1, 1))
    for name, ahead, moved in (('bid', *queue_ahead(d, b, q, 1)), ('ask', *queue_ahead(d, a, r, -1))):
        o[f'{name}_queue_ahead_pessimistic'] = ahead
        o[f'{name}_queue_advance_pessimistic_10s'], o[f'{name}_queue_advance_pessimistic_1000'] = total(moved, s10), total(moved, w1000)

    # Hawkes, as sums over the trades so far.
    buy, sell = np.zeros(d.n), np.zeros(d.n)
    held, last, seen = [0.0, 0.0], d.t[0], [None, None]
    for i in range(d.n):
        decay = np.exp(-2 * (d.t[i] - last) / 1e6)
        held, last = [held[0] * decay, held[1] * decay], d.t[i]
        if fill[i]:
            c = 0 if d.side[i] == -1 else 1
            if seen[c] != d.t[i]: held[c] += 1
            seen[c] = d.t[i]
        buy[i], sell[i] = 0.3 + 0.8 * held[0] + 0.1 * held[1], 0.2 + 0.4 * held[0] + 0.5 * held[1]
    o['hawkes_buy'], o['hawkes_sell'], o['hawkes_imbalance'] = buy, sell, (buy - sell) / (buy + sell)

    # Scores: by the rows before.
    z = np.full(d.n, NAN)
    for i in range(200, d.n):
        w = S[i - 200:i]
        z[i] = (S[i] - w.mean()) / w.std(ddof=1) if np.ptp(w) > 0 else NAN
    o['spread_z_200'] = z
    return o
