"""The thirty-two columns of standardFeatures(), version 1, with pandas and NumPy from whole arrays."""
import numpy as np
import pandas as pd

SECOND = 1_000_000


def standard_list(messages, at, al, bt, bl):
    n, levels = bl.shape
    kind, size, direction = (np.concatenate(([0.0], messages[:, column])) for column in (1, 3, 5))
    key = np.floor(np.rint(np.concatenate(([messages[0, 0]], messages[:, 0])) * 1e9) / 1000)
    row = np.arange(1, n + 1)

    def ticks(span):
        return np.maximum(row - span, 0), row >= span

    def micros(span):
        return np.searchsorted(key, key - span, side="right"), key - key[0] >= span

    def total(values, window):
        left, covered = window
        sums = np.concatenate(([0.0], np.cumsum(values)))
        return np.where(covered, sums[row] - sums[left], np.nan)

    def flow(sizes_bid, sizes_ask):
        def side(prices, sizes):
            step = np.sign(prices[1:] - prices[:-1])
            return np.where(step > 0, sizes[1:], np.where(step < 0, -sizes[:-1], sizes[1:] - sizes[:-1]))

        out = np.zeros(sizes_bid.shape)
        out[1:] = side(bt, sizes_bid) - side(-at, sizes_ask)
        return out

    def ratio(a, b):
        with np.errstate(all="ignore"):
            r = a / b
        return np.where(np.isfinite(r), r, np.nan)

    first_row = row == 1
    mid = (bt[:, 0] + at[:, 0]) / 2
    by_level = flow(bl, al)
    ofi, all_levels = by_level[:, 0], by_level.sum(1)
    rows100, rows1000, ten = ticks(100), ticks(1000), micros(10 * SECOND)
    bid, ask = bl.sum(1), al.sum(1)
    depth = np.where(first_row, 0, (bid + ask) / (2 * levels))
    log_ofi = flow(np.log1p(bl), np.log1p(al)).sum(1)
    weighted = (al[:, 0] * bt[:, 0] + bl[:, 0] * at[:, 0]) / (bl[:, 0] + al[:, 0])
    ago = np.concatenate((np.full(100, np.nan), mid[:-100]))
    left = ten[0] - 1
    ten_ago = np.where(left >= 0, mid[np.maximum(left, 0)], np.nan)
    bid_money, ask_money = ((bt - bt[:, :1]) * bl).sum(1), ((at - bt[:, :1]) * al).sum(1)
    both = np.sort(np.concatenate((bl, al), axis=1), axis=1)
    held, lots = (both > 0).sum(1), both.sum(1)
    share = both / lots[:, None]
    hhi = (share**2).sum(1)
    rank = np.maximum(np.arange(1, 2 * levels + 1)[None] - (2 * levels - held)[:, None], 0)
    imbalance = lambda b, a: (b - a) / (b + a)
    weights = 1 / np.arange(1, levels + 1)
    added, cancelled, filled = kind == 1, (kind == 2) | (kind == 3), kind == 4
    traded = filled | (kind == 5)
    steps = np.concatenate(([0.0], np.log1p((mid[1:] - mid[:-1]) / mid[:-1])))
    by_time = pd.Series(mid, index=pd.to_datetime(key, unit="us"))
    minute = by_time.rolling("60s")
    highest, lowest = minute.max().to_numpy(), minute.min().to_numpy()
    nan_first = lambda x: np.where(first_row, np.nan, x)
    return np.column_stack([
        nan_first(ofi), total(ofi, rows100), total(all_levels, rows100), total(all_levels, ten),
        total(all_levels, rows100) * total((~first_row).astype(float), rows100) / total(depth, rows100),
        nan_first(log_ofi), mid / 100, weighted / 100, np.log1p((mid - ago) / ago), np.log1p((mid - ten_ago) / ten_ago),
        at[:, 0] - bt[:, 0], (at[:, 0] - bt[:, 0]) / mid, bl[:, 0], al[:, 0], bid, ask,
        (bt[:, 0] + bid_money / bid) / 100, (bt[:, 0] + ask_money / ask) / 100, (bt[:, 0] + (bid_money + ask_money) / (bid + ask)) / 100,
        (bl[:, 0] + al[:, 0]) / lots, hhi, (hhi - 1 / held) / (1 - 1 / held), (2 * (rank * share).sum(1) - (held + 1)) / held,
        imbalance(bl[:, 0], al[:, 0]), imbalance(bl[:, :5].sum(1), al[:, :5].sum(1)), imbalance(bl @ weights, al @ weights),
        ratio(total(cancelled * 1.0, rows1000), total(added * 1.0, rows1000)),
        ratio(total(cancelled * size, rows1000), total(added * size, rows1000)),
        ratio(total(cancelled * size, rows1000), total((cancelled | filled) * size, rows1000)),
        ratio(total(np.where(traded, -direction * size, 0), ten), total(np.where(traded, size, 0), ten)),
        np.sqrt(np.maximum(total(steps**2, rows100), 0)),
        np.where(key - key[0] >= 60 * SECOND, np.log(highest / lowest) / np.sqrt(4 * np.log(2)), np.nan),
    ])
