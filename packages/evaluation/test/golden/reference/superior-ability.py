"""Expected values of the tests of superior ability: python superior-ability.py > ../superior-ability.json (pip install arch numpy).

arch gives the reality check; its SPA is not studentised, so Hansen's statistic is worked out here from arch's resamples, with the variance of the
bootstrapped means themselves in place of a formula.
"""
import json

import numpy as np
from arch.bootstrap import SPA, StationaryBootstrap

rng = np.random.default_rng(5)
cases = []
for drift in (0.0, 0.08, 0.2):
    rows, reps = 600, 4000
    noise = rng.standard_normal((rows + 1, 4))
    gains = (0.3 * noise[:-1] + noise[1:] * [1.0, 2.0, 0.5, 1.5] + [drift, 0.0, -0.3, drift / 2]).round(6)
    # arch compares losses: the benchmark's are 0, a model's the negative of its gain.
    plain = SPA(np.zeros(rows), -gains, block_size=10, reps=reps, bootstrap="stationary", seed=7)
    plain.compute()
    means = gains.mean(0)
    drawn = np.array([data[0][0].mean(0) for data in StationaryBootstrap(10, gains, seed=11).bootstrap(reps)])
    omega = np.sqrt(rows) * drawn.std(0)
    t = np.sqrt(rows) * means / omega
    statistic = max(0.0, t.max())
    bar = -np.sqrt(2 * np.log(np.log(rows)))
    p = {}
    for name, centre in (("lower", np.maximum(0, means)), ("consistent", np.where(t >= bar, means, 0)), ("upper", means)):
        z = np.sqrt(rows) * (drawn - centre) / omega
        p[name] = float((np.maximum(0, z.max(1)) >= statistic).mean())
    cases.append({"gains": gains.T.tolist(), "statistic": statistic, **p, "realityCheck": plain.pvalues["upper"]})
print(json.dumps({"meanBlockRows": 10, "cases": cases}))
