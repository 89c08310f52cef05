"""KernelSHAP values by the shap package, written to ../explain.json.

    venv/bin/python packages/models/test/golden/reference/explain.py

Made with shap 0.51.0, numpy 2.4.6. The model is written twice, here and in the test: two outputs of six features.
"""
import json
from pathlib import Path

import numpy as np
import shap

rng = np.random.default_rng(5)
FEATURES = 6


def model(x):
    first = x[:, 0] * x[:, 1] + np.sin(x[:, 2]) - 0.5 * x[:, 3]
    second = np.maximum(x[:, 4], x[:, 5]) + x[:, 0] ** 2
    return np.stack([first, second], axis=1)


x = rng.normal(size=(5, FEATURES))
background = rng.normal(size=(7, FEATURES))
explainer = shap.KernelExplainer(model, background)
# 2^6 - 2 sets: all of them, so the values are exact.
values = explainer.shap_values(x, nsamples=1000, l1_reg=0, silent=True)
values = np.stack(values, axis=-1) if isinstance(values, list) else values
assert values.shape == (5, FEATURES, 2)
out = {'inputs': x.ravel().tolist(), 'background': background.ravel().tolist(), 'base': np.atleast_1d(explainer.expected_value).tolist(), 'values': values.transpose(0, 2, 1).ravel().tolist()}
(Path(__file__).parent.parent / 'explain.json').write_text(json.dumps(out))
