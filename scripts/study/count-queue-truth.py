"""How many orders the queue truth should judge, counted without a book: python3 scripts/study/count-queue-truth.py FOLDER [SYMBOL] [LEVELS]

An order counts that was added, was executed, and whose price was among the levels of the order-book file on every row from its arrival to its
first execution. `queueTruth` has to print the same two numbers (packages/backtest/README.md). Needs `zstd` for compressed files.
"""
import glob
import subprocess
import sys


def rows(folder, symbol, kind, levels):
    (file,) = glob.glob(f"{folder}/{symbol}_*_{kind}_{levels}.csv*")
    text = subprocess.check_output(["zstd", "-dc", file]).decode() if file.endswith(".zst") else open(file).read()
    return [line.split(",") for line in text.split()]


folder, symbol, levels = (sys.argv[1:] + ["GOOG", "10"][max(0, len(sys.argv) - 2):])[:3]
resting = {}  # order id -> (direction, price), whether others were at the price
at_price = {}
counted = queued = 0
before = None
for message, book in zip(rows(folder, symbol, "message", levels), rows(folder, symbol, "orderbook", levels)):
    kind, order, price, direction = int(message[1]), message[2], message[4], message[5]
    sides = {"1": book[2::4], "-1": book[0::4]}
    if kind == 1:
        others = before is not None and price in before[direction]
        resting[order] = ((direction, price), others)
        at_price.setdefault((direction, price), set()).add(order)
    elif kind in (3, 4) and order in resting:
        key, others = resting.pop(order)
        at_price[key].discard(order)
        if kind == 4:
            counted += 1
            queued += others
    for key, orders in at_price.items():
        if orders and key[1] not in sides[key[0]]:
            for each in orders:
                del resting[each]
            orders.clear()
    before = sides
print(f"{symbol}, {levels} levels: {counted} executed with their level in view from arrival to first fill, {queued} of them with others ahead")
