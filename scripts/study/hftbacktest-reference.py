"""The same quoting strategy in hftbacktest (pip install hftbacktest): reads events as rows of five doubles, prints a JSON line a queue model."""
import json
import sys
import time

import numpy as np
from hftbacktest import BUY, BUY_EVENT, DEPTH_EVENT, EXCH_EVENT, GTX, LIMIT, LOCAL_EVENT, SELL_EVENT, TRADE_EVENT, BacktestAsset, HashMapMarketDepthBacktest
from hftbacktest.types import event_dtype
from numba import njit

rows = np.fromfile(sys.argv[1]).reshape(-1, 5)
data = np.zeros(len(rows), dtype=event_dtype)
kind = np.where(rows[:, 0] == 1, TRADE_EVENT, DEPTH_EVENT).astype(np.uint64)
side = np.where(rows[:, 1] == 1, BUY_EVENT, SELL_EVENT).astype(np.uint64)
data["ev"] = kind | side | np.uint64(EXCH_EVENT) | np.uint64(LOCAL_EVENT)
data["exch_ts"] = rows[:, 2].astype(np.int64) * 1000
data["local_ts"] = data["exch_ts"] + 10_000
data["px"] = rows[:, 3]
data["qty"] = rows[:, 4]


@njit
def run(hbt):
    number = 0
    while hbt.elapse(1_000_000_000) == 0:
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
        if not has_bid and position < 20:
            number += 1
            hbt.submit_buy_order(0, number, float(bid), 1.0, GTX, LIMIT, False)
        if not has_ask and position > -20:
            number += 1
            hbt.submit_sell_order(0, number, float(ask), 1.0, GTX, LIMIT, False)
    return number


models = {
    "pessimistic": lambda asset: asset.risk_adverse_queue_model(),
    "power_2": lambda asset: asset.power_prob_queue_model(2.0),
    "power2_2": lambda asset: asset.power_prob_queue_model2(2.0),
    "power3_3": lambda asset: asset.power_prob_queue_model3(3.0),
    "log": lambda asset: asset.log_prob_queue_model(),
}
for name, with_queue in models.items():
    seconds = []
    for _ in range(6):  # the first round compiles
        asset = BacktestAsset().data([data]).linear_asset(1.0).constant_order_latency(500_000, 500_000)
        asset.no_partial_fill_exchange().trading_value_fee_model(0.0, 0.0).tick_size(1.0).lot_size(1.0)
        with_queue(asset)
        hbt = HashMapMarketDepthBacktest([asset])
        started = time.process_time()
        orders = run(hbt)
        seconds.append(time.process_time() - started)
        values, depth = hbt.state_values(0), hbt.depth(0)
    equity = values.balance + values.position * (depth.best_bid + depth.best_ask) / 2
    print(json.dumps({"queue": name, "fills": int(values.num_trades), "netTicks": equity, "position": values.position, "orders": orders, "seconds": min(seconds[1:])}))
