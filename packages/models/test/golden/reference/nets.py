"""Forward passes of every net, written from the papers' formulas in NumPy, in the papers' own orientation: python nets.py > ../nets.json

Weights are random; each is handed to the net under test in its own layout, which is all that the two have in common.
"""
import json
import numpy as np

random = np.random.default_rng(20261125)


def draw(*shape, scale=0.5):
    return random.normal(0, scale, shape).astype(np.float32).astype(np.float64)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x, axis=-1):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def lstm_weights(name, width, units):
    # One matrix a gate, acting on column vectors.
    gates = {g: (draw(units, width), draw(units, units), draw(units)) for g in 'ifog'}
    layout = {
        f'{name}.kernel': np.concatenate([gates[g][0].T for g in 'ifog'], axis=1),
        f'{name}.recurrent': np.concatenate([gates[g][1].T for g in 'ifog'], axis=1),
        f'{name}.bias': np.concatenate([gates[g][2] for g in 'ifog']),
    }
    return gates, layout


def lstm(gates, rows):
    units = gates['i'][2].size
    h, c, out = np.zeros(units), np.zeros(units), []
    for x in rows:
        z = {g: W @ x + U @ h + b for g, (W, U, b) in gates.items()}
        c = sigmoid(z['f']) * c + sigmoid(z['i']) * np.tanh(z['g'])
        h = sigmoid(z['o']) * np.tanh(c)
        out.append(h)
    return np.array(out)


def gru_weights(name, width, units):
    gates = {g: (draw(units, width), draw(units, units), draw(units)) for g in 'rzn'}
    inner = draw(units)
    layout = {
        f'{name}.kernel': np.concatenate([gates[g][0].T for g in 'rzn'], axis=1),
        f'{name}.recurrent': np.concatenate([gates[g][1].T for g in 'rzn'], axis=1),
        f'{name}.bias': np.concatenate([gates[g][2] for g in 'rzn']),
        f'{name}.hidden_bias': inner,
    }
    return (gates, inner), layout


def gru(weights, rows):
    gates, inner = weights
    h, out = np.zeros(inner.size), []
    for x in rows:
        (Wr, Ur, br), (Wz, Uz, bz), (Wn, Un, bn) = gates['r'], gates['z'], gates['n']
        r = sigmoid(Wr @ x + Ur @ h + br)
        z = sigmoid(Wz @ x + Uz @ h + bz)
        n = np.tanh(Wn @ x + bn + r * (Un @ h + inner))
        h = (1 - z) * n + z * h
        out.append(h)
    return np.array(out)


def dense(weights, name, x):
    return x @ weights[f'{name}.kernel'] + weights[f'{name}.bias']


def dense_weights(name, width, units):
    return {f'{name}.kernel': draw(width, units), f'{name}.bias': draw(units)}


def layer_norm(x, scale, offset):
    return (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5) * scale + offset


def recurrent_net(kind, length, columns, units, second, dense_units):
    make, run = {'lstm': (lstm_weights, lstm), 'gru': (gru_weights, gru)}[kind]
    first, layout1 = make(f'{kind}_1', columns, units)
    last, layout2 = make(f'{kind}_2', units, second)
    weights = {**layout1, **layout2, **dense_weights('dense', second, dense_units), **dense_weights('head', dense_units, 3)}

    def forward(window):
        top = run(last, run(first, window))[-1]
        return dense(weights, 'head', np.maximum(0, dense(weights, 'dense', top)))
    return dict(net=kind, options=dict(units=units, secondUnits=second, denseUnits=dense_units), length=length, columns=columns), weights, forward


def logistic(length, columns):
    weights = dense_weights('head', length * columns, 3)
    return dict(net='logistic', options={}, length=length, columns=columns), weights, lambda window: dense(weights, 'head', window.ravel())


def mlp(length, columns, units, second):
    weights = {**dense_weights('dense_1', length * columns, units), **dense_weights('dense_2', units, second), **dense_weights('head', second, 3)}

    def forward(window):
        h = np.maximum(0, dense(weights, 'dense_1', window.ravel()))
        return dense(weights, 'head', np.maximum(0, dense(weights, 'dense_2', h)))
    return dict(net='mlp', options=dict(units=units, secondUnits=second), length=length, columns=columns), weights, forward


def transformer(length, columns, width, heads, blocks, inner, causal):
    weights = {**dense_weights('embed', columns, width), **dense_weights('head', width, 3)}
    for b in range(1, blocks + 1):
        name = f'block_{b}'
        for part, sizes in dict(project=(width, 3 * width), merge=(width, width), widen=(width, inner), narrow=(inner, width)).items():
            weights.update(dense_weights(f'{name}.{part}', *sizes))
        for norm in ('norm_1', 'norm_2'):
            weights[f'{name}.{norm}.scale'] = 1 + draw(width, scale=0.2)
            weights[f'{name}.{norm}.offset'] = draw(width, scale=0.2)

    def attention(name, x):
        size = width // heads
        q, k, v = np.split(dense(weights, f'{name}.project', x), 3, axis=1)
        seen = np.zeros((length, width))
        for head in range(heads):
            part = slice(head * size, (head + 1) * size)
            for t in range(length):
                upto = t + 1 if causal else length
                scores = np.array([q[t, part] @ k[s, part] for s in range(upto)]) / np.sqrt(size)
                seen[t, part] = softmax(scores) @ v[:upto, part]
        return dense(weights, f'{name}.merge', seen)

    def forward(window):
        x = dense(weights, 'embed', window)
        for p in range(length):
            for i in range(0, width, 2):
                x[p, i] += np.sin(p / 10000 ** (i / width))
                if i + 1 < width:
                    x[p, i + 1] += np.cos(p / 10000 ** (i / width))
        for b in range(1, blocks + 1):
            name = f'block_{b}'
            norm = lambda which, y: layer_norm(y, weights[f'{name}.{which}.scale'], weights[f'{name}.{which}.offset'])
            y = norm('norm_1', x + attention(name, x))
            x = norm('norm_2', y + dense(weights, f'{name}.narrow', np.maximum(0, dense(weights, f'{name}.widen', y))))
        return dense(weights, 'head', x[-1])
    return dict(net='transformer', options=dict(width=width, heads=heads, blocks=blocks, inner=inner, causal=causal), length=length, columns=columns), weights, forward


def leaky(x):
    return np.where(x > 0, x, 0.01 * x)


def convolve(image, kernel, bias, stride, padding):
    """image [channels, time, columns], kernel [filters, channels, taps, across]."""
    filters, channels, taps, across = kernel.shape
    before, after = {'valid': (0, 0), 'same': ((taps - 1) // 2, taps - 1 - (taps - 1) // 2), 'causal': (taps - 1, 0)}[padding]
    padded = np.pad(image, ((0, 0), (before, after), (0, 0)))
    steps, cells = padded.shape[1] - taps + 1, (padded.shape[2] - across) // stride + 1
    out = np.zeros((filters, steps, cells))
    for t in range(steps):
        for j in range(cells):
            patch = padded[:, t:t + taps, j * stride:j * stride + across]
            out[:, t, j] = np.tensordot(kernel, patch, axes=3) + bias
    return leaky(out)


def deep_lob(length, columns, filters, inception, units, padding):
    kernels, weights = {}, {}

    def make(name, channels, taps, across, out):
        kernels[name] = (draw(out, channels, taps, across, scale=0.4), draw(out, scale=0.2))
        # Rows by tap, column, channel.
        weights[f'stem.{name}.kernel'] = kernels[name][0].transpose(2, 3, 1, 0).reshape(-1, out)
        weights[f'stem.{name}.bias'] = kernels[name][1]
    channels = 1
    for block, across in enumerate([2, 2, columns // 4], start=1):
        make(f'conv{block}_1', channels, 1, across, filters)
        channels = filters
        make(f'conv{block}_2', filters, 4, 1, filters)
        make(f'conv{block}_3', filters, 4, 1, filters)
    make('inception_3_1', filters, 1, 1, inception)
    make('inception_3_3', inception, 3, 1, inception)
    make('inception_5_1', filters, 1, 1, inception)
    make('inception_5_5', inception, 5, 1, inception)
    make('inception_pool_1', filters, 1, 1, inception)
    cell, layout = lstm_weights('lstm', 3 * inception, units)
    weights.update(layout)
    weights.update(dense_weights('head', units, 3))
    inner = 'same' if padding == 'valid' else padding

    def forward(window):
        image = window[None]
        for block, across in enumerate([2, 2, columns // 4], start=1):
            image = convolve(image, *kernels[f'conv{block}_1'], across, padding)
            image = convolve(image, *kernels[f'conv{block}_2'], 1, padding)
            image = convolve(image, *kernels[f'conv{block}_3'], 1, padding)
        run = lambda name, x: convolve(x, *kernels[name], 1, inner)
        steps = image.shape[1]
        reach = (2, 0) if inner == 'causal' else (1, 1)
        pooled = np.stack([image[:, max(0, t - reach[0]):min(steps, t + reach[1] + 1)].max(axis=1) for t in range(steps)], axis=1)
        branches = [run('inception_3_3', run('inception_3_1', image)), run('inception_5_5', run('inception_5_1', image)), run('inception_pool_1', pooled)]
        rows = np.concatenate(branches, axis=0)[:, :, 0].T
        return dense(weights, 'head', lstm(cell, rows)[-1])
    return dict(net='deep-lob', options=dict(filters=filters, inceptionFilters=inception, units=units, padding=padding), length=length, columns=columns), weights, forward


def bin_ctabl(length, columns, d1, t1, d2, t2):
    D, T = columns, length
    lf, Bf, lt, Bt, y = 1 + draw(T, scale=.2), draw(T), 1 + draw(D, scale=.2), draw(D), (0.4, 0.7)
    first = draw(d1, D), draw(T, t1), draw(d1, t1)
    second = draw(d2, d1), draw(t1, t2), draw(d2, t2)
    W1, W, W2, B, share = draw(3, d2), draw(t2, t2), draw(t2, 1), draw(3), 0.3
    weights = {
        'bin.column_scale': lf, 'bin.column_offset': Bf, 'bin.time_scale': lt, 'bin.time_offset': Bt, 'bin.column_share': np.array([y[0]]), 'bin.time_share': np.array([y[1]]),
        'bilinear_1.columns': first[0].T, 'bilinear_1.time': first[1], 'bilinear_1.bias': first[2].T,
        'bilinear_2.columns': second[0].T, 'bilinear_2.time': second[1], 'bilinear_2.bias': second[2].T,
        'tabl.columns': W1.T, 'tabl.scores': W, 'tabl.share': np.array([share]), 'tabl.time': W2, 'tabl.bias': B,
    }

    def forward(window):
        X = window.T
        Zt = (X - X.mean(1, keepdims=True)) / X.std(1, ddof=1, keepdims=True)
        Zf = (X - X.mean(0, keepdims=True)) / X.std(0, ddof=1, keepdims=True)
        X = y[0] * (lf[None, :] * Zf + Bf[None, :]) + y[1] * (lt[:, None] * Zt + Bt[:, None])
        for left, right, bias in (first, second):
            X = np.maximum(0, left @ X @ right + bias)
        Xb = W1 @ X
        scores = W.copy()
        np.fill_diagonal(scores, 1 / t2)
        A = softmax(Xb @ scores, axis=1)
        return ((share * Xb + (1 - share) * Xb * A) @ W2)[:, 0] + B
    options = dict(columns=d1, steps=t1, secondColumns=d2, secondSteps=t2)
    return dict(net='bin-ctabl', options=options, length=length, columns=columns), weights, forward


nets = [
    logistic(3, 4), mlp(3, 4, 6, 5), recurrent_net('lstm', 7, 4, 6, 5, 4), recurrent_net('gru', 7, 4, 6, 5, 4),
    transformer(6, 4, 8, 2, 2, 10, True), transformer(5, 4, 6, 3, 1, 8, False),
    deep_lob(20, 8, 4, 3, 5, 'same'), deep_lob(22, 8, 4, 3, 5, 'valid'), deep_lob(20, 8, 4, 3, 5, 'causal'),
    bin_ctabl(6, 5, 7, 6, 8, 3),
]
cases = []
for facts, weights, forward in nets:
    windows = [draw(facts['length'], facts['columns'], scale=1) for _ in range(2)]
    cases.append({
        **facts,
        'weights': {name: [float(np.float32(value)) for value in np.asarray(values).ravel()] for name, values in weights.items()},
        'windows': [[float(value) for value in window.ravel()] for window in windows],
        'probabilities': [[float(value) for value in softmax(forward(window))] for window in windows],
    })
print(json.dumps(cases))
