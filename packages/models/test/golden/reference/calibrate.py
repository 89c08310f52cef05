"""Golden numbers for calibration, from scikit-learn and scipy.

    python calibrate.py   writes ../calibrate.json

- Platt: sklearn's own sigmoid fit on log odds (`_sigmoid_calibration`, the one that CalibratedClassifierCV uses).
- Isotonic: IsotonicRegression(out_of_bounds="clip") on the probabilities, tied ones among them, evaluated at other points.
- Temperature: scipy's bounded scalar minimiser of sklearn's log_loss.
- Three classes: CalibratedClassifierCV's rule, one against the rest and divided by the sum.
Made with the versions that it prints into the file.
"""

import json
import pathlib

import numpy as np
import scipy
import sklearn
from scipy.optimize import minimize_scalar
from scipy.special import expit, logit, softmax
from sklearn.calibration import _sigmoid_calibration
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import log_loss

rng = np.random.default_rng(18)


def case(classes, rows, sharpness, decimals):
    truth = softmax(rng.normal(size=(rows, classes)), axis=1)
    y = np.array([rng.choice(classes, p=p) for p in truth])
    stated = truth**sharpness
    stated /= stated.sum(axis=1, keepdims=True)
    # Rounded, so that some are tied; the last column makes up the rest.
    stated = stated.round(decimals)
    stated[:, -1] = (1 - stated[:, :-1].sum(axis=1)).round(decimals)
    return np.clip(stated, 0, 1), y


def curves(p, y, at, classes):
    columns = [1] if classes == 2 else range(classes)
    platt, isotonic, coefficients = [], [], []
    for k in columns:
        s = logit(np.clip(p[:, k], 1e-15, 1 - 1e-15))
        a, b = _sigmoid_calibration(s, (y == k).astype(float))
        coefficients.append([a, b])
        platt.append(expit(-(a * logit(np.clip(at[:, k], 1e-15, 1 - 1e-15)) + b)))
        fit = IsotonicRegression(out_of_bounds="clip").fit(p[:, k], (y == k).astype(float))
        isotonic.append(fit.predict(at[:, k]))

    def whole(parts):
        if classes == 2:
            return np.column_stack([1 - parts[0], parts[0]])
        m = np.column_stack(parts)
        total = m.sum(axis=1, keepdims=True)
        return np.where(total > 0, m / np.where(total > 0, total, 1), 1 / classes)

    return coefficients, whole(platt), whole(isotonic)


cases = []
for classes, rows, sharpness, decimals in [(2, 400, 2.0, 2), (2, 60, 0.4, 3), (3, 500, 2.5, 2), (4, 300, 0.5, 3)]:
    p, y = case(classes, rows, sharpness, decimals)
    at, _ = case(classes, 40, sharpness, 4)
    logs = np.log(np.clip(p, 1e-15, 1))
    found = minimize_scalar(
        lambda b: log_loss(y, softmax(np.exp(b) * logs, axis=1), labels=range(classes)), bounds=(-5, 5), method="bounded", options={"xatol": 1e-10}
    )
    temperature = float(np.exp(-found.x))
    coefficients, platt, isotonic = curves(p, y, at, classes)
    cases.append(
        {
            "classes": classes,
            "probabilities": p.ravel().tolist(),
            "outcomes": y.tolist(),
            "at": at.ravel().tolist(),
            "temperature": temperature,
            "temperatureLoss": float(found.fun),
            "tempered": softmax(np.log(np.clip(at, 1e-15, 1)) / temperature, axis=1).ravel().tolist(),
            "sigmoids": coefficients,
            "platt": platt.ravel().tolist(),
            "isotonic": isotonic.ravel().tolist(),
        }
    )

out = {"versions": {"numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__}, "cases": cases}
(pathlib.Path(__file__).parent.parent / "calibrate.json").write_text(json.dumps(out) + "\n")
print(out["versions"], [c["temperature"] for c in cases])
