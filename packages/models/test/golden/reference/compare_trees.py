"""Trains LightGBM and XGBoost on the sets in a folder and writes their models, predictions, losses and SHAP values there.

    python compare_trees.py FOLDER      called by npm run verify:trees
"""
import json
import sys
from pathlib import Path

import lightgbm
import numpy as np
import shap
import xgboost

folder = Path(sys.argv[1])
for file in sorted(folder.glob('*.meta.json')):
    meta = json.loads(file.read_text())
    name, columns, k = meta['name'], meta['columns'], meta['classes']

    def read(part):
        x = np.fromfile(folder / f'{name}.{part}.f32', dtype='<f4').reshape(-1, columns)
        return x, np.fromfile(folder / f'{name}.{part}.i32', dtype='<i4')

    (x, y), (tx, ty) = read('train'), read('test')
    ask = tx[: meta['explained']]

    def loss(p):
        p = np.asarray(p, dtype=float)
        p = np.stack([1 - p, p], axis=1) if p.ndim == 1 else p
        return float(-np.log(np.maximum(1e-15, p[np.arange(len(ty)), ty])).mean())

    common = dict(num_leaves=meta['leaves'], learning_rate=meta['learningRate'], min_data_in_leaf=meta['minLeafRows'], verbose=-1, num_threads=1,
                  deterministic=True, force_col_wise=True, lambda_l2=meta['l2'])
    objective = dict(objective='binary') if k == 2 else dict(objective='multiclass', num_class=k)
    gbm = lightgbm.train({**common, **objective}, lightgbm.Dataset(x, y), num_boost_round=meta['rounds'])
    gbm.save_model(folder / f'{name}.lightgbm.txt')
    # For K classes XGBoost's hessian is 2 (K - 1) / K of Friedman's: learning rate, penalty and least hessian are stated in its units.
    unit = 1 if k == 2 else 2 * (k - 1) / k
    objective = dict(objective='binary:logistic') if k == 2 else dict(objective='multi:softprob', num_class=k)
    params = dict(max_leaves=meta['leaves'], max_depth=0, grow_policy='lossguide', eta=min(1, meta['learningRate'] * unit), reg_lambda=meta['l2'] * unit,
                  min_child_weight=meta['minLeafHessian'] * unit, tree_method='hist', nthread=1)
    xgb = xgboost.train({**params, **objective}, xgboost.DMatrix(x, y), num_boost_round=meta['rounds'])
    xgb.save_model(folder / f'{name}.xgboost.json')
    scores = {'lightgbm': gbm.predict(tx, raw_score=True), 'xgboost': xgb.predict(xgboost.DMatrix(tx), output_margin=True)}
    outputs = {'lightgbm': gbm.predict(tx), 'xgboost': xgb.predict(xgboost.DMatrix(tx))}
    for library, booster in (('lightgbm', gbm), ('xgboost', xgb)):
        values = np.asarray(shap.TreeExplainer(booster, feature_perturbation='tree_path_dependent').shap_values(ask, check_additivity=False), dtype='<f8')
        np.asarray(scores[library], dtype='<f8').tofile(folder / f'{name}.{library}.scores.f64')
        np.asarray(outputs[library], dtype='<f8').tofile(folder / f'{name}.{library}.outputs.f64')
        values.tofile(folder / f'{name}.{library}.shap.f64')
    (folder / f'{name}.result.json').write_text(json.dumps({
        'losses': {library: loss(p) for library, p in outputs.items()},
        'versions': {'lightgbm': lightgbm.__version__, 'xgboost': xgboost.__version__, 'shap': shap.__version__},
    }))
