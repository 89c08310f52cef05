"""The same quoting strategy in nautilus_trader. Reads a JSON task, prints a JSON line.

The market comes as rows of five doubles: 1 for a trade or 0 for a level, 1 for a buyer or bid, microseconds, ticks, lots; `shiftMicros` later the strategy sees it.
Levels of one microsecond that follow each other are one OrderBookDeltas, a trade is a TradeTick of its own. Prices and sizes are whole ticks and lots.

The engine has one clock and delays commands alone, so the rows carry local times and the delay of the feed is added to that of the commands: an order
meets the same market as with two clocks. What differs is that the strategy hears of its fills at once.
"""
import gc
import json
import sys
import time
from decimal import Decimal

import nautilus_trader
import numpy as np
from nautilus_trader.backtest.config import BacktestEngineConfig
from nautilus_trader.backtest.engine import BacktestEngine
from nautilus_trader.backtest.models import FillModel, LatencyModel, MakerTakerFeeModel
from nautilus_trader.common.config import LoggingConfig
from nautilus_trader.model.currencies import USD
from nautilus_trader.model.data import BookOrder, OrderBookDelta, OrderBookDeltas, TradeTick
from nautilus_trader.model.enums import AccountType, AggressorSide, BookAction, BookType, OmsType, OrderSide, OrderStatus, RecordFlag
from nautilus_trader.model.identifiers import InstrumentId, Symbol, TradeId, Venue
from nautilus_trader.model.instruments import Equity
from nautilus_trader.model.objects import Money, Price, Quantity
from nautilus_trader.risk.config import RiskEngineConfig
from nautilus_trader.trading.strategy import Strategy

task = json.loads(sys.argv[1])
VENUE = Venue("SIM")
ID = InstrumentId(Symbol("X"), VENUE)
# As engine.pyx and matching_core.pyx have it: no place in a queue; a trade moves the best price of the side that was hit, which no order of that side waits for.
FILL_RULE = "an order is filled when the opposite best price reaches its own (L2_MBP book, trade_execution, FillModel(prob_fill_on_limit=1); no queue)"
LAST = RecordFlag.F_LAST.value


def read(file):
    rows = np.fromfile(file).reshape(-1, 5)
    whole = np.rint(rows).astype(np.int64)
    trade = whole[:, 0] == 1
    ends = np.append((np.diff(whole[:, 2]) != 0) | trade[1:], True) | trade
    data, deltas = [], []
    for number, ((kind, side, micros, ticks, lots), end) in enumerate(zip(whole.tolist(), ends.tolist())):
        nanos = (micros + task["shiftMicros"]) * 1000
        price = Price(ticks, 0)
        if kind == 1:
            aggressor = AggressorSide.BUYER if side == 1 else AggressorSide.SELLER
            data.append(TradeTick(ID, price, Quantity(lots, 0), aggressor, TradeId(str(number)), nanos, nanos))
            continue
        action = BookAction.UPDATE if lots > 0 else BookAction.DELETE
        order = BookOrder(OrderSide.BUY if side == 1 else OrderSide.SELL, price, Quantity(lots, 0), 0)
        deltas.append(OrderBookDelta(ID, action, order, LAST if end else 0, number, nanos, nanos))
        if end:
            data.append(OrderBookDeltas(ID, deltas))
            deltas = []
    # The engine tells what it was given by the first item. Trades before any book are of no use to it.
    return data[next(at for at, item in enumerate(data) if type(item) is OrderBookDeltas):]


class Quoting(Strategy):
    """One post-only order a side at the best price, looked at on a timer and withdrawn when that is the best no more."""

    def on_start(self):
        self.quotes = {OrderSide.BUY: [], OrderSide.SELL: []}
        self.quantity = Quantity(task["quantity"], 0)
        self.position = 0
        self.subscribe_order_book_deltas(ID, BookType.L2_MBP)
        self.clock.set_timer_ns("quote", task["stepMicros"] * 1000, task["firstMicros"] * 1000, 0, self.quote, fire_immediately=True)

    def on_order_filled(self, event):
        # Asking the portfolio at every look costs more.
        self.position += int(event.last_qty) * (1 if event.order_side == OrderSide.BUY else -1)

    def quote(self, _):
        book = self.cache.order_book(ID)
        self.settle(OrderSide.BUY, book.best_bid_price(), self.position)
        self.settle(OrderSide.SELL, book.best_ask_price(), -self.position)

    def settle(self, side, best, position):
        live = [order for order in self.quotes[side] if not order.is_closed]
        self.quotes[side] = live
        for order in live:
            if order.price != best and order.status != OrderStatus.PENDING_CANCEL:
                self.cancel_order(order)
        if live or position >= task["maxQuantity"]:
            return
        order = self.order_factory.limit(ID, side, self.quantity, best, post_only=True)
        live.append(order)
        self.submit_order(order)


def result(engine, strategy):
    fills, cash, position = 0, Decimal(0), Decimal(0)
    for order in engine.cache.orders(instrument_id=ID):
        for price, size in ((event.last_px.as_decimal(), event.last_qty.as_decimal()) for event in order.events if type(event).__name__ == "OrderFilled"):
            fills += 1
            signed = size if order.side == OrderSide.BUY else -size
            position += signed
            cash += signed / price if task["inverse"] else -signed * price
    book = engine.cache.order_book(ID)
    mid = (book.best_bid_price().as_decimal() + book.best_ask_price().as_decimal()) / 2
    return {"fills": fills, "net": float(cash - position / mid if task["inverse"] else cash + position * mid), "position": float(position)}


engine = BacktestEngine(config=BacktestEngineConfig(logging=LoggingConfig(bypass_logging=True), risk_engine=RiskEngineConfig(bypass=True), run_analysis=False))
delay = task["delayMicros"] * 1000
engine.add_venue(
    VENUE, OmsType.NETTING, AccountType.MARGIN, [Money(1_000_000_000, USD)], base_currency=USD, book_type=BookType.L2_MBP,
    fill_model=FillModel(), fee_model=MakerTakerFeeModel(), latency_model=LatencyModel(delay), trade_execution=True,
)
engine.add_instrument(Equity(ID, Symbol("X"), USD, 0, Price(1, 0), Quantity(1, 0), 0, 0))
data = read(task["rows"])
engine.add_data(data)
gc.collect()
gc.freeze()  # the market is no work for the collector
seconds = []
for round in range(task["rounds"]):
    if round > 0:
        engine.reset()
        engine.clear_strategies()
    strategy = Quoting()
    engine.add_strategy(strategy)
    gc.collect()
    started, wall = time.process_time(), time.perf_counter()
    engine.run(streaming=True)
    seconds.append((time.process_time() - started, time.perf_counter() - wall))
    engine.end()
print(json.dumps({**result(engine, strategy), "orders": len(engine.cache.orders(instrument_id=ID)), "version": nautilus_trader.__version__, "fillRule": FILL_RULE, "items": len(data),
                  "seconds": min(s[0] for s in seconds[1:]), "wallSeconds": min(s[1] for s in seconds[1:])}))
