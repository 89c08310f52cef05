"""Golden numbers for the Bayesian learners, from scipy, scikit-learn and numerical integration.

    python bayes.py   writes ../bayes.json

- batch posteriors: the full, over-parametrised softmax (a weight vector for EVERY class) under N(0, v) priors, minimised by BFGS and
  polished by dense Newton steps; differences against class 0 and their covariance are read off afterwards.
- the same optimum from scikit-learn's LogisticRegression, as a check of the above (printed).
- moments of the log odds after one row: dense grid.
- mean class probabilities under Gaussian log odds: two-dimensional Gauss-Hermite quadrature with 80 x 80 nodes.
Made with numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1.
"""

import json
import pathlib

import numpy as np
from scipy import optimize
from scipy.special import logsumexp, softmax
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(11)


def posterior(x, y, classes, variance, weights):
    rows, d = x.shape
    hot = np.eye(classes)[y]

    def loss(flat):
        w = flat.reshape(classes, d)
        a = x @ w.T
        return -(weights * (a[np.arange(rows), y] - logsumexp(a, axis=1))).sum() + (w**2).sum() / (2 * variance)

    def grad(flat):
        w = flat.reshape(classes, d)
        return (((softmax(x @ w.T, axis=1) - hot) * weights[:, None]).T @ x + w / variance).ravel()

    def hess(flat):
        p = softmax(x @ flat.reshape(classes, d).T, axis=1)
        h = np.eye(classes * d) / variance
        for i in range(rows):
            h += weights[i] * np.kron(np.diag(p[i]) - np.outer(p[i], p[i]), np.outer(x[i], x[i]))
        return h

    flat = optimize.minimize(loss, np.zeros(classes * d), jac=grad, method="BFGS").x
    for _ in range(4):
        flat = flat - np.linalg.solve(hess(flat), grad(flat))
    cov = np.linalg.inv(hess(flat))
    to_difference = np.kron(np.hstack([-np.ones((classes - 1, 1)), np.eye(classes - 1)]), np.eye(d))
    return to_difference @ flat, to_difference @ cov @ to_difference.T, flat.reshape(classes, d)


def draw(rows, d, classes, scale):
    x = np.column_stack([np.ones(rows), rng.normal(size=(rows, d - 1))]).round(4)
    w = rng.normal(size=(classes, d)) * scale
    p = softmax(x @ w.T, axis=1)
    y = np.array([rng.choice(classes, p=row) for row in p])
    return x, y


cases = []
for rows, d, classes, variance, decay in [(60, 3, 2, 1.0, 1.0), (300, 4, 3, 1.0, 1.0), (600, 5, 4, 0.5, 1.0), (1500, 4, 3, 1.0, 0.995)]:
    x, y = draw(rows, d, classes, 0.7)
    weights = decay ** np.arange(rows - 1, -1, -1.0)
    mean, cov, full = posterior(x, y, classes, variance, weights)
    model = LogisticRegression(C=variance, fit_intercept=False, tol=1e-12, max_iter=10000).fit(x, y, sample_weight=weights)
    coef = model.coef_ if classes > 2 else np.vstack([np.zeros(d), model.coef_[0]])
    if classes > 2:
        print("scikit-learn agrees to", np.abs((coef[1:] - coef[0]) - (full[1:] - full[0])).max())
    cases.append(
        {"columns": d, "classes": classes, "priorVariance": variance, "forgetting": decay, "inputs": x.ravel().tolist(), "targets": y.tolist(), "rowWeights": weights.tolist(), "mean": mean.tolist(), "covariance": cov.ravel().tolist()}
    )

nodes, node_weights = np.polynomial.hermite_e.hermegauss(80)
node_weights = node_weights / node_weights.sum()
averages = []
for _ in range(40):
    mu = rng.normal(size=2) * 1.5
    a = rng.normal(size=(2, 2)) * rng.choice([0.2, 1.0, 2.0])
    s = a @ a.T
    root = np.linalg.cholesky(s + 1e-12 * np.eye(2))
    total = np.zeros(3)
    for u, wu in zip(nodes, node_weights):
        points = mu + (root @ np.vstack([np.full(80, u), nodes])).T
        total += wu * (node_weights[:, None] * softmax(np.column_stack([np.zeros(80), points]), axis=1)).sum(0)
    averages.append({"mean": mu.tolist(), "covariance": s.ravel().tolist(), "probabilities": total.tolist()})


def log_softmax(a, y):
    full = np.column_stack([np.zeros(len(a)), a])
    return full[:, y] - logsumexp(full, axis=1)


# Moments of N(a; mu, S) softmax(a)[y]^w by the trapezoid rule on a grid of 0.04 in whitened coordinates (spectrally accurate).
grid = np.arange(-14, 14, 0.04)
white = np.stack(np.meshgrid(grid, grid, indexing="ij"), -1).reshape(-1, 2)
moments = []
for scale in [0.1, 0.1, 0.5, 0.5, 0.5, 1, 1, 1, 2, 2, 4, 4]:
    mu = rng.normal(size=2) * 2
    a = rng.normal(size=(2, 2)) * scale
    s = a @ a.T + 1e-4 * np.eye(2)
    y, w = int(rng.integers(3)), float(rng.choice([1.0, 1.0, 0.3, 4.0]))
    points = mu + white @ np.linalg.cholesky(s).T
    logs = -0.5 * (white**2).sum(1) + w * log_softmax(points, y)
    q = np.exp(logs - logs.max())
    q /= q.sum()
    mean = q @ points
    cov = (points - mean).T @ ((points - mean) * q[:, None])
    moments.append({"mu": mu.tolist(), "s": s.ravel().tolist(), "target": y, "weight": w, "scale": scale, "mean": mean.tolist(), "covariance": cov.ravel().tolist()})

hermite = []
for count in (3, 5, 9, 21):
    x, w = np.polynomial.hermite_e.hermegauss(count)
    hermite.append({"count": count, "nodes": x.tolist(), "weights": (w / w.sum()).tolist()})

target = pathlib.Path(__file__).parent.parent / "bayes.json"
target.write_text(json.dumps({"posteriors": cases, "averages": averages, "moments": moments, "hermite": hermite}, separators=(",", ":")) + "\n")
print(target, target.stat().st_size)
