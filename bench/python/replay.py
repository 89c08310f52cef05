"""Both LOBSTER files to the thirty-two columns of contestants/feature-list.ts, by pandas or by polars for the reading and NumPy for the rest.

Usage: replay.py FOLDER pandas|polars[/standard]; `standard`: the columns of standardFeatures() instead, in standard.py
"""
import decimal, json, resource, sys, time
import numpy as np

folder, mode = sys.argv[1], sys.argv[2]
reader, columns = (mode.split("/") + [""])[:2]
name = f"{folder}/SIM_2024-01-02_34200000_57600000"
LEVELS, SPAN = 10, 10_000_000


def read(path, columns):
    if reader == "pandas":
        import pandas as pd

        return pd.read_csv(path, header=None, names=columns).to_numpy(dtype=float)
    import polars as pl

    return pl.read_csv(path, has_header=False, new_columns=columns, schema_overrides=[pl.Float64] * len(columns)).to_numpy()


def times(path):
    """Microseconds since midnight, from the text: nine decimals do not fit a product in doubles."""
    return read(path, ["time", "type", "id", "size", "price", "direction"])


def window(key, values, valid):
    """Sum of the values with keys in (key - SPAN, key], and how many there are."""
    total = np.concatenate(([0.0], np.cumsum(np.where(valid, values, 0.0))))
    count = np.concatenate(([0], np.cumsum(valid)))
    first = np.searchsorted(key, key - SPAN, side="right")
    last = np.arange(1, len(key) + 1)
    return total[last] - total[first], count[last] - count[first]


def side_flow(ticks, lots):
    flow = np.full(lots.shape, np.nan)
    step = np.sign(ticks[1:] - ticks[:-1])
    flow[1:] = np.where(step > 0, lots[1:], np.where(step < 0, -lots[:-1], lots[1:] - lots[:-1]))
    return flow


def day():
    """Messages, and the book as arrays [rows, levels]: the one before the first message, then the one after each."""
    messages = times(f"{name}_message_10.csv")
    book = read(f"{name}_orderbook_10.csv", [f"c{i}" for i in range(4 * LEVELS)])
    # The book before the first message, as the others have it.
    time_, kind, _, size, price, direction = messages[0]
    opening = book[0].copy()
    if kind <= 4:
        column = np.flatnonzero(opening[2::4] == price)[0] * 4 + 3 if direction == 1 else np.flatnonzero(opening[0::4] == price)[0] * 4 + 1
        opening[column] += -size if kind == 1 else size
    book = np.vstack([opening, book])
    return messages, book[:, 0::4] / 100, book[:, 1::4], book[:, 2::4] / 100, book[:, 3::4]


def bench_list(messages, at, al, bt, bl):
    nanos = np.rint(np.concatenate(([messages[0, 0]], messages[:, 0])) * 1e9)
    key = np.floor(nanos / 1000)
    trade = np.concatenate(([0.0], np.where((messages[:, 1] == 4) | (messages[:, 1] == 5), -messages[:, 5] * messages[:, 3], 0.0)))
    out = np.empty((len(bt), 32))
    mid = (bt[:, 0] + at[:, 0]) / 2
    b5, a5, b10, a10 = bl[:, :5].sum(1), al[:, :5].sum(1), bl.sum(1), al.sum(1)
    weights = 1 / np.arange(1, LEVELS + 1)
    bh, ah = bl @ weights, al @ weights
    out[:, 0] = mid / 100
    out[:, 1] = at[:, 0] - bt[:, 0]
    out[:, 2] = (al[:, 0] * bt[:, 0] + bl[:, 0] * at[:, 0]) / (bl[:, 0] + al[:, 0]) / 100
    out[:, 3] = (bl[:, 0] - al[:, 0]) / (bl[:, 0] + al[:, 0])
    out[:, 4] = (b5 - a5) / (b5 + a5)
    out[:, 5] = (b10 - a10) / (b10 + a10)
    out[:, 6] = (bh - ah) / (bh + ah)
    bs, as_ = ((bt - bt[:, :1]) * bl).sum(1), ((at - bt[:, :1]) * al).sum(1)
    out[:, 7] = (bt[:, 0] + bs / b10) / 100
    out[:, 8] = (bt[:, 0] + as_ / a10) / 100
    out[:, 9] = (bt[:, 0] + (bs + as_) / (b10 + a10)) / 100
    lots = np.sort(np.concatenate([bl, al], axis=1), axis=1)
    n = (lots > 0).sum(1)
    total = lots.sum(1)
    share = lots / total[:, None]
    squares = (share**2).sum(1)
    rank = np.maximum(np.arange(1, 2 * LEVELS + 1)[None, :] - (2 * LEVELS - n)[:, None], 0)
    out[:, 10] = (bl[:, 0] + al[:, 0]) / total
    out[:, 11] = squares
    out[:, 12] = (squares - 1 / n) / (1 - 1 / n)
    out[:, 13] = (2 * (rank * share).sum(1) - (n + 1)) / n
    out[:, 14], out[:, 15], out[:, 16], out[:, 17] = b5, a5, b10, a10
    out[:, 18:28] = side_flow(bt, bl) - side_flow(-at, al)
    covered = key - key[0] >= SPAN
    for column, flow in ((28, out[:, 18]), (29, out[:, 18:23].sum(1))):
        sums, count = window(key, flow, ~np.isnan(flow))
        out[:, column] = np.where(covered & (count > 0), sums, np.nan)
    out[:, 30] = trade
    change = np.concatenate(([np.nan], np.log1p((mid[1:] - mid[:-1]) / mid[:-1])))
    sums, count = window(key, change**2, ~np.isnan(change))
    out[:, 31] = np.where(covered & (count >= 2), np.sqrt(np.maximum(sums, 0)), np.nan)
    return out


# Eight digits, ties away from 0 as JavaScript has them: printf's are to the even digit.
eight = decimal.Context(prec=8, rounding=decimal.ROUND_HALF_UP)


def hashed(out):
    return " ".join(f"{np.count_nonzero(~np.isnan(column))}:{float(eight.create_decimal_from_float(float(np.nansum(column)))):.7e}" for column in out.T)


def matrix():
    if columns == "standard":
        from standard import standard_list

        return standard_list(*day())
    return bench_list(*day())


first = matrix()
text, units = hashed(first), len(first)
del first
cpu = wall = float("inf")
begun = time.perf_counter()
passes = 0
while passes < 2 or time.perf_counter() - begun < 3:
    cpu_from, wall_from = time.process_time(), time.perf_counter()
    matrix()
    cpu, wall = min(cpu, time.process_time() - cpu_from), min(wall, time.perf_counter() - wall_from)
    passes += 1
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"hash": text, "units": units, "cpuSeconds": cpu, "wallSeconds": wall, "peakMegabytes": peak}))
