"""The same quoting strategy in hftbacktest. Reads a JSON task, prints a JSON line a queue model.

A capture is read by hftbacktest's own converter, clock correction and event order; a LOBSTER day comes as rows of five doubles.
"""
import contextlib
import json
import sys
import time

import numpy as np
from hftbacktest import BUY, BUY_EVENT, DEPTH_EVENT, EXCH_EVENT, GTX, LIMIT, LOCAL_EVENT, SELL_EVENT, TRADE_EVENT, BacktestAsset, HashMapMarketDepthBacktest
from hftbacktest.data.utils.binancefutures import convert
from hftbacktest.types import event_dtype
from numba import njit

task = json.loads(sys.argv[1])


def from_rows(file):
    rows = np.fromfile(file).reshape(-1, 5)
    data = np.zeros(len(rows), dtype=event_dtype)
    kind = np.where(rows[:, 0] == 1, TRADE_EVENT, DEPTH_EVENT).astype(np.uint64)
    side = np.where(rows[:, 1] == 1, BUY_EVENT, SELL_EVENT).astype(np.uint64)
    data["ev"] = kind | side | np.uint64(EXCH_EVENT) | np.uint64(LOCAL_EVENT)
    data["exch_ts"] = rows[:, 2].astype(np.int64) * 1000
    data["local_ts"] = data["exch_ts"] + 10_000
    data["px"] = rows[:, 3]
    data["qty"] = rows[:, 4]
    return data


def from_capture(file):
    with contextlib.redirect_stdout(sys.stderr):
        data = convert(file, buffer_size=20_000_000)
    # Receive times are kept in microseconds here, as they are there.
    data["local_ts"] = data["local_ts"] // 1000 * 1000
    return data


data = from_rows(task["rows"]) if "rows" in task else from_capture(task["capture"])


@njit
def run(hbt, first, step, quantity, most):
    number = 0
    hbt.elapse(0)  # the clock starts at the first event
    wait = first - hbt.current_timestamp
    while hbt.elapse(wait) == 0:
        wait = step
        hbt.clear_inactive_orders(0)
        depth = hbt.depth(0)
        bid, ask, position = depth.best_bid_tick, depth.best_ask_tick, hbt.position(0)
        has_bid = has_ask = False
        orders = hbt.orders(0).values()
        while orders.has_next():
            order = orders.get()
            if order.side == BUY:
                has_bid = True
            else:
                has_ask = True
            if order.price_tick != (bid if order.side == BUY else ask) and order.cancellable:
                hbt.cancel(0, order.order_id, False)
        if not has_bid and position < most - quantity / 2:
            number += 1
            hbt.submit_buy_order(0, number, bid * depth.tick_size, quantity, GTX, LIMIT, False)
        if not has_ask and position > -most + quantity / 2:
            number += 1
            hbt.submit_sell_order(0, number, ask * depth.tick_size, quantity, GTX, LIMIT, False)
    return number


models = {
    "pessimistic": lambda asset: asset.risk_adverse_queue_model(),
    "power_2": lambda asset: asset.power_prob_queue_model(2.0),
    "power2_2": lambda asset: asset.power_prob_queue_model2(2.0),
    "power3_3": lambda asset: asset.power_prob_queue_model3(3.0),
    "log": lambda asset: asset.log_prob_queue_model(),
}
seconds = {name: [] for name in models}
found = {}
# In turn, as on the other side: the processor has faster and slower minutes. The first round compiles.
for _ in range(25):
    for name, with_queue in models.items():
        asset = BacktestAsset().data([data]).constant_order_latency(task["latencyMicros"] * 1000, task["latencyMicros"] * 1000)
        asset = asset.inverse_asset(task["contractSize"]) if task["inverse"] else asset.linear_asset(task["contractSize"])
        asset.no_partial_fill_exchange().trading_value_fee_model(0.0, 0.0).tick_size(task["tickSize"]).lot_size(task["lotSize"])
        with_queue(asset)
        hbt = HashMapMarketDepthBacktest([asset])
        # The engine reads its data on other threads too: both the process's time and the wall's are told.
        started, wall = time.process_time(), time.perf_counter()
        orders = run(hbt, task["firstMicros"] * 1000, task["stepMicros"] * 1000, task["quantity"], task["maxQuantity"])
        seconds[name].append((time.process_time() - started, time.perf_counter() - wall))
        values, depth = hbt.state_values(0), hbt.depth(0)
        mid = (depth.best_bid + depth.best_ask) / 2
        size = task["contractSize"]
        # Of an inverse contract hftbacktest keeps the balance with the sign turned.
        equity = -values.balance - size * values.position / mid if task["inverse"] else values.balance + size * values.position * mid
        found[name] = {"queue": name, "fills": int(values.num_trades), "net": equity, "position": values.position, "orders": orders, "rows": len(data)}
for name in models:
    cpu, wall = (min(each) for each in zip(*seconds[name][1:]))
    print(json.dumps({**found[name], "seconds": cpu, "wallSeconds": wall}))
