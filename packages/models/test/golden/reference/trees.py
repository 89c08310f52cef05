"""Models, predictions and SHAP values of LightGBM, XGBoost and shap, written to ../trees/.

    python -m venv venv && venv/bin/pip install lightgbm xgboost shap
    venv/bin/python packages/models/test/golden/reference/trees.py

Made with lightgbm 4.7.0, xgboost 3.2.0, shap 0.51.0, numpy 2.4.6. Inputs are 32-bit floats with NaN and exact zeros among them.
"""
import json
from pathlib import Path

import lightgbm
import numpy as np
import shap
import xgboost

OUT = Path(__file__).parent.parent / 'trees'
OUT.mkdir(exist_ok=True)
COLUMNS = 5


def made(rows, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(rows, COLUMNS)).astype(np.float32)
    x[:, 3] = np.round(x[:, 3])  # few distinct numbers, many exact zeros
    x[rng.random((rows, COLUMNS)) < 0.1] = np.nan
    z = np.nan_to_num(x)
    score = z[:, 0] * z[:, 1] + 0.7 * (z[:, 2] > 0.3) - 0.4 * z[:, 3] + 0.5 * np.isnan(x[:, 4])
    noisy = score + 0.3 * rng.normal(size=rows)
    return x, noisy, np.digitize(noisy, [-0.4, 0.6]).astype(int)


x, value, three = made(400, 1)
ask, _, _ = made(40, 2)
# Numbers that lie on the splits, beyond all of them, and tiny ones that LightGBM's zero_as_missing takes for 0.
ask[0] = 0
ask[1] = [1e30, -1e30, 1e-36, -1e-36, 1e-30]
background = x[:12]


def rows(array):
    return [None if np.isnan(v) else float(v) for v in np.asarray(array, dtype=float).ravel()]


def lgb(name, target, use_missing=True, zero_as_missing=False, **params):
    common = dict(num_leaves=6, learning_rate=0.2, min_data_in_leaf=5, verbose=-1, seed=1, num_threads=1, deterministic=True,
                  use_missing=use_missing, zero_as_missing=zero_as_missing)
    booster = lightgbm.train({**common, **params}, lightgbm.Dataset(x, target), num_boost_round=5)
    booster.save_model(OUT / f'{name}.txt')
    return booster, {
        'scores': rows(booster.predict(ask, raw_score=True)),
        'outputs': rows(booster.predict(ask)),
        # [rows, outputs * (columns + 1)], the base value last.
        'shap': rows(booster.predict(ask, pred_contrib=True)),
    }


def xgb(name, target, **params):
    common = dict(max_depth=3, eta=0.3, seed=1, nthread=1, tree_method='hist')
    booster = xgboost.train({**common, **params}, xgboost.DMatrix(x, target), num_boost_round=5)
    booster.save_model(OUT / f'{name}.json')
    d = xgboost.DMatrix(ask)
    return booster, {
        'scores': rows(booster.predict(d, output_margin=True)),
        'outputs': rows(booster.predict(d)),
        'shap': rows(booster.predict(d, pred_contribs=True)),
    }


golden = {'columns': COLUMNS, 'inputs': rows(ask), 'background': rows(background), 'models': {}}
up = (value > 0).astype(int)
made_models = {
    'lightgbm-multiclass': lgb('lightgbm-multiclass', three, objective='multiclass', num_class=3),
    'lightgbm-binary': lgb('lightgbm-binary', up, objective='binary', sigmoid=2.0),
    'lightgbm-regression': lgb('lightgbm-regression', value, objective='regression', zero_as_missing=True),
    'lightgbm-no-missing': lgb('lightgbm-no-missing', value, objective='regression', use_missing=False),
    'xgboost-multiclass': xgb('xgboost-multiclass', three, objective='multi:softprob', num_class=3),
    'xgboost-binary': xgb('xgboost-binary', up, objective='binary:logistic', grow_policy='lossguide', max_leaves=6, max_depth=0),
    'xgboost-regression': xgb('xgboost-regression', value, objective='reg:squarederror', base_score=0.25),
}
for name, (booster, numbers) in made_models.items():
    # The shap package itself, both ways of treating absent features. [rows, columns, outputs]
    path = shap.TreeExplainer(booster, feature_perturbation='tree_path_dependent')
    numbers['shapPathDependent'] = rows(path.shap_values(ask, check_additivity=False))
    # Interventional: shap 0.51 sums the outputs of a LightGBM booster of several classes into one, misses the base scores that XGBoost 3 keeps for
    # each class, and reads neither use_missing=False nor zero_as_missing. Those models are left out.
    if name in ('lightgbm-binary', 'xgboost-binary', 'xgboost-regression'):
        whole = np.nan_to_num(ask)
        between = shap.TreeExplainer(booster, data=np.nan_to_num(background), feature_perturbation='interventional')
        numbers['shapInterventional'] = rows(between.shap_values(whole, check_additivity=False))
        numbers['interventionalBase'] = rows(np.atleast_1d(between.expected_value))
    golden['models'][name] = numbers
(OUT / 'predictions.json').write_text(json.dumps(golden))
print({name: sorted(numbers) for name, numbers in golden['models'].items()})
