"""The feature catalogue a second time, with whole NumPy arrays, from a pair of LOBSTER files.

  features.py MESSAGES ORDERBOOK FOLDER           compares, a line each
  features.py MESSAGES ORDERBOOK FOLDER write N   prints every N-th row of the reference as CSV

FOLDER holds columns.json (names, columns by feature, and book_levels of the row before the first message) and values.f64 (row-major).
Row 0 is that opening book, row k the one after message k. Prints one line a feature with the largest difference of its columns (--columns: one a column too),
relative to the reference or to a millionth of its greatest value, and exits with 1 where one exceeds 1e-9 or a NaN stands on one side alone.
"""
import json
import math
import sys

import numpy as np

TICK = 100
NAN = float('nan')


class Day:
    def __init__(self, messages, orderbook, opening):
        kinds, sizes, prices, sides, micros = [], [], [], [], []
        for line in open(messages):
            time, kind, _, size, price, side = line.split(',')[:6]
            seconds, _, fraction = time.partition('.')
            micros.append(int(seconds) * 1_000_000 + int((fraction + '000000')[:6]))
            kinds.append(int(kind)), sizes.append(int(size)), prices.append(int(price)), sides.append(int(side))
        book = np.loadtxt(orderbook, delimiter=',')
        levels = book.shape[1] // 4
        first = np.array([x if x is not None else NAN for x in opening]).reshape(levels, 4)
        lead = lambda head, rows: np.vstack([head[None], rows])
        absent = lambda p: np.where(np.abs(p) >= 9999999999, NAN, p)
        self.ap = lead(np.round(first[:, 0] * 1e4) / TICK, absent(book[:, 0::4]) / TICK)
        self.aq = lead(first[:, 1], book[:, 1::4])
        self.bp = lead(np.round(first[:, 2] * 1e4) / TICK, absent(book[:, 2::4]) / TICK)
        self.bq = lead(first[:, 3], book[:, 3::4])
        self.kind = np.r_[0, kinds]
        self.size = np.r_[0, sizes].astype(float)
        self.price = np.r_[NAN, np.array(prices) / TICK]
        self.side = np.r_[0, sides]
        self.t = np.r_[micros[0], micros].astype(np.int64)
        self.n = len(self.t)
        self.mid = (self.bp[:, 0] + self.ap[:, 0]) / 2
        self.traded = (self.kind == 4) | (self.kind == 5)
        self.q = np.where(self.traded, -self.side, 0)
        self.row = np.arange(1, self.n + 1)

    # The rows (left, right] of each row's window, and whether its span is covered.
    def window(self, span):
        right = np.arange(1, self.n + 1)
        if 'ticks' in span:
            return np.maximum(right - span['ticks'], 0), right, right >= span['ticks']
        left = np.searchsorted(self.t, self.t - span['micros'], side='right')
        return left, right, self.t - self.t[0] >= span['micros']


def total(x, window):
    left, right, covered = window
    c = np.r_[0, np.cumsum(x)]
    return np.where(covered, c[right] - c[left], NAN)


def exact(x, window):
    """Sums window by window: no cancellation."""
    left, right, covered = window
    return np.array([math.fsum(x[l:r]) if c else NAN for l, r, c in zip(left, right, covered)])


def ratio(a, b):
    with np.errstate(all='ignore'):
        r = a / b
    return np.where(np.isfinite(r), r, NAN)


def flow(d, m, f=lambda q: q):
    b, q, a, r = d.bp[:, m], f(d.bq[:, m]), d.ap[:, m], f(d.aq[:, m])
    e = np.full(d.n, NAN)
    with np.errstate(invalid='ignore'):
        up = np.where(b[1:] >= b[:-1], q[1:], 0) - np.where(b[1:] <= b[:-1], q[:-1], 0)
        down = np.where(a[1:] <= a[:-1], r[1:], 0) - np.where(a[1:] >= a[:-1], r[:-1], 0)
    e[1:] = up - down
    return e


def sweep(p, q, lots):
    before = np.cumsum(q, axis=1) - q
    taken = np.clip(lots - before, 0, q)
    filled = taken.sum(axis=1)
    return ratio(np.nansum(np.where(taken > 0, p, 0) * taken, axis=1), filled), lots - filled


def bars(d, span):
    """Open, high, low, close, previous close, signed lots, lots, value, and the row at which each bar is known."""
    if 'ticks' in span:
        k = span['ticks']
        cell = np.arange(d.n) // k
        known = lambda c: (c + 1) * k - 1
        first, last = 0, d.n // k
    else:
        cell = d.t // span['micros']
        first, last = int(cell[0]), int(cell[-1])
    start = np.searchsorted(cell, np.arange(first, last + 1))
    out, before = [], NAN
    signed = d.q * d.size
    for i, c in enumerate(range(first, last)):
        s, e = start[i], start[i + 1] if i + 1 < len(start) else d.n
        m = d.mid[s:e]
        o, h, l, z = (m[0], m.max(), m.min(), m[-1]) if e > s else (before,) * 4
        tr = d.traded[s:e]
        out.append((o, h, l, z, before, signed[s:e].sum(), d.size[s:e][tr].sum(), (d.price[s:e] * d.size[s:e])[tr].sum(), known(c) if 'ticks' in span else e))
        before = z
    return np.array(out if 'ticks' in span else out[1:])


def bar_value(d, span, count, of, fewest=0):
    """`of` the last `count` bars, kept until the next bar is known."""
    b = bars(d, span)
    value = np.full(d.n, NAN)
    b = b[~np.isnan(b[:, 4])] if fewest else b
    for k in range(count - 1, len(b)):
        end = int(b[k + 1, 8]) if k + 1 < len(b) else d.n
        value[int(b[k, 8]):end] = of(b[k + 1 - count:k + 1])
    return value


def ln(a, b):
    """ln(a / b) without the digits that the quotient of two near prices loses."""
    return np.log1p((a - b) / b)


def log_returns(b):
    return ln(b[:, 3], b[:, 4])


def rogers(b):
    o, h, l, c = b[:, 0], b[:, 1], b[:, 2], b[:, 3]
    return ln(h, c) * ln(h, o) + ln(l, c) * ln(l, o)


def yang_zhang(b):
    n = len(b)
    k = 0.34 / (1.34 + (n + 1) / (n - 1))
    return np.var(ln(b[:, 0], b[:, 4]), ddof=1) + k * np.var(ln(b[:, 3], b[:, 0]), ddof=1) + (1 - k) * rogers(b).mean()


def two_scale(r, K):
    x = np.r_[0, np.cumsum(r)]
    n = len(r)
    nbar = (n - K + 1) / K
    v = (((x[K:] - x[:-K]) ** 2).sum() / K - nbar / n * (r ** 2).sum()) / (1 - nbar / n)
    return v if v >= 0 else NAN


def kernel(r, H):
    parzen = lambda x: 1 - 6 * x ** 2 + 6 * x ** 3 if x <= 0.5 else 2 * (1 - x) ** 3
    g = [np.dot(r[h:], r[:len(r) - h]) for h in range(H + 1)]
    return max(sum((2 if h else 1) * parzen(h / (H + 1)) * g[h] for h in range(H + 1)), 0)


def tick_rule(d):
    sign, last, out = NAN, NAN, np.full(d.n, NAN)
    for i in np.flatnonzero(d.traded):
        if d.price[i] > last: sign = 1
        elif d.price[i] < last: sign = -1
        last, out[i] = d.price[i], sign
    return out


def settled(d, horizon, reference):
    """By the row at which each trade settles: 2 q (later mid - reference) lots, and lots."""
    value, lots = np.zeros(d.n), np.zeros(d.n)
    for i in np.flatnonzero(d.traded):
        due = i + horizon['ticks'] + 1 if 'ticks' in horizon else np.searchsorted(d.t, d.t[i] + horizon['micros'], side='right')
        if due >= d.n: continue
        against = d.price[i] if reference == 'trade' else d.mid[i - 1]
        value[due] += 2 * d.q[i] * (d.mid[due - 1] - against) * d.size[i]
        lots[due] += d.size[i]
    return value, lots


def queue_ahead(d, p, q, side):
    """Lots ahead of the imagined order, and how far it moved forward at each row, 0 where it joined."""
    out, moved, front, price, lots = np.empty(d.n), np.zeros(d.n), NAN, NAN, NAN
    for i in range(d.n):
        before, joined = front, p[i] != price
        if not joined:
            if d.kind[i] == 4 and d.price[i] == p[i] and d.side[i] == side: front -= d.size[i]
            if q[i] != lots: front = min(front, q[i])
            joined = front < -0.5
        if joined: front = q[i]
        else: moved[i] = max(before - max(front, 0), 0)
        price, lots, out[i] = p[i], q[i], max(front, 0)
    return out, moved


def decaying(d, mask, tau):
    """Events of a kind, each weighted exp(-age / tau): block by block, within which the weights of all fit into doubles."""
    age = (d.t - d.t[0]) / tau
    block = age // 200
    out, held, last = np.empty(d.n), 0.0, 0.0
    for k in np.unique(block):
        rows = block == k
        s = age[rows] - age[rows][0]
        out[rows] = (held * math.exp(last - age[rows][0]) + np.cumsum(mask[rows] * np.exp(s))) * np.exp(-s)
        held, last = out[rows][-1], age[rows][-1]
    return np.where(d.t - d.t[0] >= tau, out, NAN)


def profile(d, window, share, rows):
    point, low, high = (np.full(d.n, NAN) for _ in range(3))
    left, right, covered = window
    for i in rows:
        if not covered[i]: continue
        at = {}
        for j in range(left[i], right[i]):
            if d.traded[j]:
                bin = math.floor(d.price[j] + 0.5)
                at[bin] = at.get(bin, 0) + d.size[j]
        if not at: continue
        keys = sorted(at)
        p = min(keys, key=lambda k: (-at[k], k))
        need = share * sum(at.values())
        areas = [(h - l, -sum(at[k] for k in keys if l <= k <= h), l, h) for l in keys if l <= p for h in keys if h >= p]
        best = min(a for a in areas if -a[1] >= need)
        point[i], low[i], high[i] = p / 100, best[2] / 100, best[3] / 100
    return point, low, high


def buckets(steps, size, count, n):
    """Lot by lot is too slow: bucket edges on the cumulative volume, buys interpolated between them."""
    rows, bought, lots = (np.array(x, float) for x in zip(*steps))
    volume = np.r_[0, np.cumsum(lots)]
    buys = np.r_[0, np.cumsum(bought)]
    edges = np.arange(0, volume[-1] + 1e-9, size)
    at = np.interp(edges, volume, buys)
    imbalance = np.abs(2 * np.diff(at) - size)
    full = np.floor((volume[1:] + 1e-9) / size).astype(int)
    out, c = np.full(n, NAN), np.r_[0, np.cumsum(imbalance)]
    for k, row in enumerate(rows.astype(int)):
        end = int(rows[k + 1]) if k + 1 < len(rows) else n
        if full[k] >= count: out[row:end] = (c[full[k]] - c[full[k] - count]) / (count * size)
    return out


def student_quarter(t, v=0.25, nodes=np.polynomial.legendre.leggauss(60)):
    """Student's t with v degrees: the tail beyond t is c times the integral of sin(x)^(v-1) from 0 to atan(sqrt(v)/t), taken over w = x^v, where it is smooth."""
    if t == 0: return 0.5
    c = math.exp(math.lgamma((v + 1) / 2) - math.lgamma(v / 2)) / math.sqrt(math.pi)
    end = math.atan(math.sqrt(v) / abs(t)) ** v
    w = end * (nodes[0] + 1) / 2
    x = w ** (1 / v)
    tail = c * end / 2 * float(np.dot(nodes[1], (np.sin(x) / x) ** (v - 1))) / v
    return tail if t < 0 else 1 - tail


def bulk(d, span, sigma, distribution):
    """Bars of trades: the row at which each is known, lots taken as bought, and lots."""
    cell = np.arange(d.n) // span['ticks'] if 'ticks' in span else d.t // span['micros']
    starts = np.flatnonzero(np.r_[True, cell[1:] != cell[:-1]])
    out, last = [], NAN
    for k, s in enumerate(starts):
        e = starts[k + 1] if k + 1 < len(starts) else d.n
        if e == d.n and ('micros' in span or d.n % span['ticks']): break
        at = np.flatnonzero(d.traded[s:e]) + s
        if not len(at): continue
        lots, price = d.size[at].sum(), d.price[at[-1]]
        share = 0.5 if math.isnan(last) else distribution((price - last) / sigma)
        out.append((e - 1 if 'ticks' in span else e, share * lots, lots))
        last = price
    return out


def main():
    messages, orderbook, folder = sys.argv[1:4]
    meta = json.load(open(f'{folder}/columns.json'))
    names = meta['columns']
    values = np.fromfile(f'{folder}/values.f64').reshape(-1, len(names))
    rows = np.arange(len(values))
    day = Day(messages, orderbook, meta['opening'])
    if meta['rows'] != day.n:
        sys.exit(f"Expected {day.n} rows, one a message and the opening book, got {meta['rows']}.")
    from references import build
    expected = build(day, len(meta['opening']) // 4)
    if sys.argv[4:5] == ['write']:
        print(','.join(['row'] + [name for name in names if name in expected]))
        for row in range(0, day.n, int(sys.argv[5])):
            columns = [expected[name] for name in names if name in expected]
            cells = [c[0][row] if isinstance(c, tuple) and c[1][row] else NAN if isinstance(c, tuple) else c[row] for c in columns]
            print(','.join([str(row)] + ['' if math.isnan(x) else f'{x:.13g}' for x in cells]))
        return
    failed, worsts = 0, {}
    for name in names:
        if name not in expected: continue
        want = expected[name]
        compared = np.ones(day.n, bool)
        if isinstance(want, tuple): want, compared = want
        mask = compared[rows]
        got, want = values[mask, names.index(name)], want[rows][mask]
        apart = np.isnan(got) != np.isnan(want)
        both = ~np.isnan(got) & ~np.isnan(want)
        floor = 1e-6 * np.max(np.abs(want[both]), initial=0) or 1
        worst = np.max(np.abs(got[both] - want[both]) / np.maximum(floor, np.abs(want[both])), initial=0)
        ok = worst <= 1e-9 and not apart.any() and both.any()
        failed += not ok
        worsts[name] = worst, int(both.sum())
        if not ok or '--columns' in sys.argv:
            print(f'  {name:45} {worst:9.2e}  {both.sum():7d} numbers' + ('' if ok else f'  FAILED: NaN apart in {apart.sum()} rows, first {np.flatnonzero(apart)[:3]}'))
    for feature, columns in meta['features']:
        known = [worsts[name] for name in columns if name in worsts]
        without = f', {len(columns) - len(known)} columns without a reference' if len(known) < len(columns) else ''
        print(f'{feature:45} {max((worst for worst, _ in known), default=NAN):9.2e}  {sum(count for _, count in known):8d} numbers in {len(known)} columns{without}')
    print(f"{len(meta['features'])} features, {len(worsts)} columns compared, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
