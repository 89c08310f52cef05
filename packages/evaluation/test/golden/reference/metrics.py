"""Golden numbers for the metrics, from scikit-learn, scipy and statsmodels on random data.

    python metrics.py   writes ../metrics.json

What those libraries do not have (ECE, RPS, precision at k, ensemble CRPS) is written here in the plainest way:
explicit bin edges, cumulative sums, double loops, numerical integration.
Made with numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, statsmodels 0.15.0.
"""

import json
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy import integrate, stats
from sklearn import metrics as m

rng = np.random.default_rng(20120621)


def ece(confidence, correct, edges):
    total = 0.0
    for lo, hi in zip(edges[:-1], edges[1:]):
        inside = (confidence > lo) & (confidence <= hi)
        if inside.any():
            total += inside.mean() * abs(correct[inside].mean() - confidence[inside].mean())
    return total


def ece_mass(confidence, correct, bins):
    order = np.argsort(confidence, kind="stable")
    cuts = [len(order) * b // bins for b in range(bins + 1)]
    return sum(
        (b - a) / len(order) * abs(correct[order[a:b]].mean() - confidence[order[a:b]].mean()) for a, b in zip(cuts[:-1], cuts[1:]) if b > a
    )


def case(rows, classes, digits):
    truth = rng.integers(0, classes, rows)
    logits = rng.normal(size=(rows, classes)) + 0.9 * np.eye(classes)[truth]
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    # Coarse probabilities make ties.
    p = np.round(p, digits) + 1e-3
    p /= p.sum(1, keepdims=True)
    calls = p.argmax(1)
    hot = np.eye(classes)[truth]
    confidence, correct = p.max(1), (calls == truth).astype(float)
    precision, recall, f1, support = m.precision_recall_fscore_support(truth, calls, labels=range(classes), zero_division=0)
    top = np.argsort(-p[:, 0], kind="stable")[:17]
    return {
        "truth": truth.tolist(),
        "probabilities": p.ravel().tolist(),
        "classes": classes,
        "confusion": m.confusion_matrix(truth, calls, labels=range(classes)).ravel().tolist(),
        "accuracy": m.accuracy_score(truth, calls),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "f1": f1.tolist(),
        "support": support.tolist(),
        "macroF1": m.f1_score(truth, calls, average="macro", labels=range(classes), zero_division=0),
        "weightedF1": m.f1_score(truth, calls, average="weighted", labels=range(classes), zero_division=0),
        "balancedAccuracy": m.balanced_accuracy_score(truth, calls),
        "mcc": m.matthews_corrcoef(truth, calls),
        "kappa": m.cohen_kappa_score(truth, calls),
        "auc": [m.roc_auc_score(hot[:, k], p[:, k]) for k in range(classes)],
        "aucMacro": m.roc_auc_score(hot, p, average="macro"),
        "aucWeighted": m.roc_auc_score(hot, p, average="weighted"),
        "averagePrecision": [m.average_precision_score(hot[:, k], p[:, k]) for k in range(classes)],
        "precisionAt17": float(hot[top, 0].mean()),
        "nll": m.log_loss(truth, p, labels=range(classes)),
        "brier": float(((p - hot) ** 2).sum(1).mean()),
        "rps": float(((np.cumsum(p, 1) - np.cumsum(hot, 1))[:, :-1] ** 2).sum(1).mean()),
        "ece10": ece(confidence, correct, np.linspace(0, 1, 11)),
        "ece15": ece(confidence, correct, np.linspace(0, 1, 16)),
        "eceMass12": ece_mass(confidence, correct, 12),
    }


def crps_gauss(y, mu, s):
    below = integrate.quad(lambda x: stats.norm.cdf(x, mu, s) ** 2, mu - 40 * s, y, epsabs=1e-13, epsrel=1e-13, limit=500, points=None)[0]
    above = integrate.quad(lambda x: stats.norm.sf(x, mu, s) ** 2, y, mu + 40 * s, epsabs=1e-13, epsrel=1e-13, limit=500)[0]
    return below + above


def crps_ensemble(y, x, fair):
    n = len(x)
    pairs = sum(abs(a - b) for a in x for b in x)
    return float(np.mean(np.abs(x - y)) - pairs / (2 * n * (n - 1 if fair else n)))


def regression(rows, offset):
    x = offset + rng.standard_t(4, rows) * 100
    y = 0.03 * (x - offset) + rng.normal(size=rows) * (1 + np.abs(x - offset) / 100) - offset / 7
    fit = sm.OLS(y, sm.add_constant(x - offset)).fit(cov_type="HC0")
    # Fitted about the offset, where the design is well conditioned; the slope and its error do not depend on it.
    return {
        "x": x.tolist(),
        "y": y.tolist(),
        "offset": offset,
        "slope": fit.params[1],
        "centredIntercept": fit.params[0],
        "r2": fit.rsquared,
        "slopeError": fit.bse[1],
        "interceptError": float(np.sqrt(np.array([1, -offset]) @ fit.cov_params() @ np.array([1, -offset]))),
        "pearson": stats.pearsonr(x, y)[0],
        "spearman": stats.spearmanr(np.floor(x / 50 + 0.5), np.floor(y + 0.5))[0],
    }


def comparison(rows, horizon, lag):
    shock = rng.normal(size=rows + 10)
    common = np.abs(rng.normal(size=rows))
    a = common + np.convolve(shock, np.ones(horizon) / horizon, "valid")[:rows] ** 2
    b = common + rng.chisquare(1, rows) * 0.4
    d = a - b
    fit = sm.OLS(d, np.ones(rows)).fit(cov_type="HAC", cov_kwds={"maxlags": lag, "kernel": "bartlett", "use_correction": False})
    statistic = fit.tvalues[0] * np.sqrt((rows + 1 - 2 * horizon + horizon * (horizon - 1) / rows) / rows)
    return {
        "a": a.tolist(), "b": b.tolist(), "horizon": horizon, "lag": lag,
        "mean": d.mean(), "longRun": fit.bse[0] ** 2 * rows, "statistic": statistic, "p": 2 * stats.t.sf(abs(statistic), rows - 1),
    }


members = rng.normal(size=9).round(2)
golden = {
    "classification": [case(400, 3, 6), case(120, 3, 1), case(90, 2, 2), case(150, 5, 2)],
    "crpsGaussian": [[y, mu, s, crps_gauss(y, mu, s)] for y, mu, s in [(0.5, 0, 1), (-1, 1, 2), (3.7, -0.2, 0.5), (0, 0, 10)]],
    "crpsEnsemble": [{"members": members.tolist(), "y": y, "plain": crps_ensemble(y, members, False), "fair": crps_ensemble(y, members, True)} for y in [-3.0, 0.1, 2.5]],
    "normal": [[float(z), stats.norm.cdf(z), float(np.exp(stats.norm.logpdf(z) - stats.norm.logcdf(z)))] for z in np.concatenate([np.linspace(-36, -9, 10), np.linspace(-8, 8, 65)])],
    "studentTwoSided": [[t, df, 2 * stats.t.sf(abs(t), df)] for t in [0.0, 0.01, -0.7, 1.96, 5.0, 30.0] for df in [1, 2, 9, 100, 60000]],
    "regression": [regression(200, 0.0), regression(500, 5.8e6)],
    "comparison": [comparison(300, 1, 0), comparison(400, 5, 4), comparison(400, 5, 12)],
}
target = pathlib.Path(__file__).parent.parent / "metrics.json"
target.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print(target, target.stat().st_size)
