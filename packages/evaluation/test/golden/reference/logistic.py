"""Golden multinomial logistic regressions from scikit-learn, with an unpenalised intercept.

    python logistic.py   writes ../logistic.json

For three classes and more scikit-learn penalises the weights of every class, as fitLogistic does: C = 1 / penalty.
For two it keeps one weight vector u, whose penalty in fitLogistic is penalty / 2 * u^2 / 2: C = 2 / penalty.
Made with numpy 2.4.6, scikit-learn 1.9.1.
"""

import json
import pathlib

import numpy as np
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(42)
cases = []
for rows, inputs, classes, penalty in [(80, 2, 2, 0.5), (200, 3, 3, 2.0), (300, 4, 4, 0.05)]:
    x = rng.normal(size=(rows, inputs)).round(3)
    w = rng.normal(size=(classes, inputs + 1))
    p = softmax(np.column_stack([np.ones(rows), x]) @ w.T, axis=1)
    y = np.array([rng.choice(classes, p=row) for row in p])
    weights = rng.integers(1, 4, rows)
    model = LogisticRegression(C=(2 if classes == 2 else 1) / penalty, tol=1e-13, max_iter=100000, solver="newton-cholesky").fit(x, y, sample_weight=weights)
    full = np.column_stack([model.intercept_, model.coef_])
    differences = full if classes == 2 else full[1:] - full[0]
    cases.append(
        {"inputs": np.column_stack([np.ones(rows), x]).ravel().tolist(), "columns": inputs + 1, "targets": y.tolist(), "classes": classes, "penalty": penalty, "rowWeights": weights.tolist(), "weights": differences.ravel().tolist()}
    )
target = pathlib.Path(__file__).parent.parent / "logistic.json"
target.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
print(target, target.stat().st_size)
