"""The fill rule of nautilus_trader 1.221.0 alone, written down once more: does it explain every fill? Reads the task of nautilus.py, prints a JSON line.

Books are two dictionaries. An order is filled when the opposite best price reaches its own; trades are passed over. A command is delivered when it is due
and something happens: after the market's event, or after the strategy has looked. A look at the time of an event comes after it.
"""
import json
import sys

import numpy as np

task = json.loads(sys.argv[1])
rows = np.rint(np.fromfile(task["rows"]).reshape(-1, 5)).astype(np.int64)
seen = rows[:, 2] + task["shiftMicros"]
trade = rows[:, 0] == 1
ends = np.append((np.diff(seen) != 0) | trade[1:], True) | trade
bids, asks, live, commands = {}, {}, {1: [], -1: []}, []
fills, count, position, cash = 0, 0, 0, 0.0


def reached(order):
    return min(asks) <= order["ticks"] if order["side"] == 1 else max(bids) >= order["ticks"]


def look(now):
    global count
    for side, best in ((1, max(bids)), (-1, min(asks))):
        live[side] = [order for order in live[side] if order["state"] != "closed"]
        for order in live[side]:
            if order["ticks"] != best and not order["leaving"]:
                order["leaving"] = True
                commands.append((now + task["delayMicros"], "cancel", order))
        if not live[side] and position * side < task["maxQuantity"]:
            order = {"side": side, "ticks": best, "state": "sent", "leaving": False}
            live[side].append(order)
            commands.append((now + task["delayMicros"], "place", order))
            count += 1


def deliver(now):
    while commands and commands[0][0] <= now:
        _, kind, order = commands.pop(0)
        if order["state"] != "closed":
            order["state"] = "closed" if kind == "cancel" or reached(order) else "resting"


def match():
    global fills, position, cash
    for order in live[1] + live[-1]:
        if order["state"] == "resting" and reached(order):
            order["state"] = "closed"
            fills += 1
            signed = order["side"] * task["quantity"]
            position += signed
            cash += signed / order["ticks"] if task["inverse"] else -signed * order["ticks"]


timer = task["firstMicros"]
for at, (kind, side, _, ticks, lots) in enumerate(rows.tolist()):
    now = int(seen[at])
    while timer < now:
        look(timer)
        deliver(timer)
        timer += task["stepMicros"]
    if kind == 0:
        levels = bids if side == 1 else asks
        if lots > 0:
            levels[ticks] = lots
        else:
            levels.pop(ticks, None)
    if not ends[at]:
        continue
    match()
    deliver(now)
    while timer == now and (at + 1 == len(rows) or seen[at + 1] > now):
        look(timer)
        timer += task["stepMicros"]
mid = (max(bids) + min(asks)) / 2
print(json.dumps({"fills": fills, "orders": count, "net": cash - position / mid if task["inverse"] else cash + position * mid}))
