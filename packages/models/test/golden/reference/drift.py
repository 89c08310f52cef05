"""Golden numbers for the drift monitors, from scipy and scikit-learn.

    python drift.py   writes ../drift.json

- population stability: Jeffreys divergence, the two relative entropies of scipy.stats.entropy, of shares with 1/2 added to each count.
- quantile edges: numpy's inverted_cdf.
- calibration: error by numpy.digitize(right=True), log loss from sklearn.metrics.log_loss.
Made with numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1.
"""

import json
import pathlib

import numpy as np
from scipy.stats import entropy
from sklearn.metrics import log_loss

rng = np.random.default_rng(5)
stability = []
for e, a in [([25, 25, 25, 25], [40, 30, 20, 10]), ([10, 0, 90], [1, 5, 0]), ([1000] * 10, list(range(500, 1500, 100))), ([3, 7], [3, 7])]:
    p, q = np.array(e) + 0.5, np.array(a) + 0.5
    stability.append({"expected": e, "actual": a, "index": float(entropy(p, q) + entropy(q, p))})

values = np.round(rng.normal(0, 1, 137), 4)
edges = [float(np.quantile(values, k / 10, method="inverted_cdf")) for k in range(1, 10)]
counts = np.bincount(np.digitize(values, edges, right=True), minlength=10).tolist()

p = rng.dirichlet([1.5, 1, 2], 400)
y = np.array([rng.choice(3, p=np.array([0.5, 0.2, 0.3]) * 0.4 + row * 0.6) for row in p])
top, hit = p.max(axis=1), p.argmax(axis=1) == y
bins = np.digitize(top, np.linspace(0, 1, 11), right=True) - 1
error = sum((bins == b).mean() * abs(hit[bins == b].mean() - top[bins == b].mean()) for b in np.unique(bins))
calibration = {
    "probabilities": p.tolist(), "targets": y.tolist(), "accuracy": float(hit.mean()), "confidence": float(top.mean()), "error": float(error),
    "logLoss": float(log_loss(y, p, labels=[0, 1, 2])), "z": float((hit.sum() - top.sum()) / np.sqrt((top * (1 - top)).sum())),
}
out = pathlib.Path(__file__).parent.parent / "drift.json"
out.write_text(json.dumps({"stability": stability, "quantiles": {"values": values.tolist(), "edges": edges, "counts": counts}, "calibration": calibration}) + "\n")
