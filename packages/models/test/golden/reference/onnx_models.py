"""Small ONNX models with windows and the answers that plain numpy gives for them (never ONNX Runtime).

    python onnx_models.py   writes ../onnx/<name>.onnx and ../onnx/<name>.json

- logistic: softmax(W x + b) over 2 rows of 3 columns, flat input.
- mean: one number, W x + b, with an input of rank 4.
- lstm: LSTM(5) over LSTM(4), last step, Dense(3), softmax; states in and out; gates in ONNX order i, o, f, c.
- gru-logits: GRU(4) with reset after the product (PyTorch's form), last step, Dense(3): logits, states in and out.
- trees: four hand-drawn trees of three classes, sums through softmax, ai.onnx.ml TreeEnsembleClassifier.
Checked with onnx.checker, and against onnxruntime (printed). Made with numpy 2.4.6, onnx 1.23.2, onnxruntime 1.32.0.
"""

import hashlib
import json
import pathlib

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

out = pathlib.Path(__file__).parent.parent / "onnx"
out.mkdir(exist_ok=True)
rng = np.random.default_rng(7)
classes = ["down", "flat", "up"]


def weights(name, *shape):
    return numpy_helper.from_array(rng.normal(0, 0.6, shape).astype(np.float32), name)


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def save(name, nodes, inputs, outputs, initializers, answer, length, columns, gives="probabilities", states=(), kind="classes", extra=None):
    graph = helper.make_graph(nodes, name, inputs, outputs, initializers)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="rxlob")
    onnx.checker.check_model(model, full_check=True)
    data = model.SerializeToString()
    (out / f"{name}.onnx").write_bytes(data)
    windows = rng.normal(0, 1, (6, length, columns)).astype(np.float32)
    expected = answer(windows.astype(np.float64))
    feeds = {inputs[0].name: windows.reshape([6, *[d.dim_value for d in inputs[0].type.tensor_type.shape.dim[1:]]] if len(inputs[0].type.tensor_type.shape.dim) != 3 else windows.shape)}
    for value in inputs[1:]:
        feeds[value.name] = np.zeros([d.dim_value or 6 for d in value.type.tensor_type.shape.dim], np.float32)
    session = onnxruntime.InferenceSession(data)
    raw = session.run([outputs[0].name], feeds)[0]
    if gives == "logits":
        raw = softmax(raw.astype(np.float64))
    print(name, len(data), "bytes; numpy against onnxruntime:", np.abs(raw[:, : expected.shape[1]] - expected).max())
    horizon = {"rows": 10}
    manifest = {
        "format": "rxlob-model",
        "version": 1,
        "name": name,
        "architecture": name,
        "input": {"columns": [f"x{i}" for i in range(columns)], "fingerprints": [f"x{i}" for i in range(columns)], "sampler": "every_event", "length": length},
        "output": {"kind": "classes", "classes": classes, "horizon": horizon} if kind == "classes" else {"kind": "value", "unit": "ticks", "horizon": horizon},
        "graph": {"input": inputs[0].name, "output": outputs[0].name, "gives": gives, **({"states": [{"input": a, "output": b} for a, b in states]} if states else {})},
        "model": {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)},
        "training": {"dataHash": hashlib.sha256(b"no data: weights are random").hexdigest()},
        "metrics": {},
    }
    golden = {"manifest": manifest, "windows": windows.round(6).tolist(), "expected": answer(windows.round(6).astype(np.float64)).tolist(), **(extra() if extra else {})}
    (out / f"{name}.json").write_text(json.dumps(golden) + "\n")


floats = lambda name, shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
array = numpy_helper.to_array

# logistic
w, b = weights("w", 6, 3), weights("b", 3)
save(
    "logistic",
    [helper.make_node("Gemm", ["window", "w", "b"], ["logits"]), helper.make_node("Softmax", ["logits"], ["probabilities"], axis=-1)],
    [floats("window", ["count", 6])], [floats("probabilities", ["count", 3])], [w, b],
    lambda x: softmax(x.reshape(len(x), -1) @ array(w) + array(b)), 2, 3,
)

# mean
wm, bm = weights("w", 12, 1), weights("b", 1)
save(
    "mean",
    [helper.make_node("Flatten", ["window"], ["flat"], axis=1), helper.make_node("Gemm", ["flat", "w", "b"], ["mean"])],
    [floats("window", ["count", 1, 4, 3])], [floats("mean", ["count", 1])], [wm, bm],
    lambda x: x.reshape(len(x), -1) @ array(wm) + array(bm), 4, 3, gives="value", kind="value",
)


def lstm(x, w, r, b, h, c):
    """One layer over [T, B, in]; b = [Wb, Rb] in the order i, o, f, c."""
    n = h.shape[1]
    outputs = []
    for row in x:
        gates = row @ w.T + h @ r.T + b[: 4 * n] + b[4 * n :]
        i, o, f, g = (gates[:, k * n : (k + 1) * n] for k in range(4))
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        outputs.append(h)
    return np.stack(outputs), h, c


F, H1, H2, T = 4, 5, 4, 8
names = {n: weights(n, *s) for n, s in {"w1": (1, 4 * H1, F), "r1": (1, 4 * H1, H1), "b1": (1, 8 * H1), "w2": (1, 4 * H2, H1), "r2": (1, 4 * H2, H2), "b2": (1, 8 * H2), "wd": (H2, 3), "bd": (3,)}.items()}
arrays = {n: array(t).astype(np.float64)[0] if n[0] in "wrb" and n[1] in "12" else array(t).astype(np.float64) for n, t in names.items()}
axis0 = numpy_helper.from_array(np.array([1], np.int64), "axis1")
last = numpy_helper.from_array(np.array(-1, np.int64), "last")


def lstm_all(x):
    """Probabilities after every step of one pass over [B, T, F], from zero states."""
    zeros = lambda n: np.zeros((len(x), n))
    first, *_ = lstm(x.transpose(1, 0, 2), arrays["w1"], arrays["r1"], arrays["b1"], zeros(H1), zeros(H1))
    second, *_ = lstm(first, arrays["w2"], arrays["r2"], arrays["b2"], zeros(H2), zeros(H2))
    return softmax(second @ arrays["wd"] + arrays["bd"])


sequence = rng.normal(0, 1, (1, 60, F)).astype(np.float32).round(6)
save(
    "lstm",
    [
        helper.make_node("Transpose", ["window"], ["steps"], perm=[1, 0, 2]),
        helper.make_node("LSTM", ["steps", "w1", "r1", "b1", "", "h1", "c1"], ["y1", "h1_next", "c1_next"], hidden_size=H1),
        helper.make_node("Squeeze", ["y1", "axis1"], ["s1"]),
        helper.make_node("LSTM", ["s1", "w2", "r2", "b2", "", "h2", "c2"], ["y2", "h2_next", "c2_next"], hidden_size=H2),
        helper.make_node("Squeeze", ["y2", "axis1"], ["s2"]),
        helper.make_node("Gather", ["s2", "last"], ["newest"], axis=0),
        helper.make_node("Gemm", ["newest", "wd", "bd"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["probabilities"], axis=-1),
    ],
    [floats("window", ["count", "rows", F]), *[floats(f"{s}{k}", [1, "count", n]) for k, n in ((1, H1), (2, H2)) for s in "hc"]],
    [floats("probabilities", ["count", 3]), *[floats(f"{s}{k}_next", [1, "count", n]) for k, n in ((1, H1), (2, H2)) for s in "hc"]],
    [*names.values(), axis0, last],
    lambda x: lstm_all(x)[-1], T, F,
    states=[(f"{s}{k}", f"{s}{k}_next") for k in (1, 2) for s in "hc"],
    extra=lambda: {"sequence": sequence[0].tolist(), "steps": lstm_all(sequence.astype(np.float64))[:, 0].tolist()},
)

# GRU whose window input takes one row at a time.
G = 4
gru = {n: weights(n, *s) for n, s in {"w": (1, 3 * G, F), "r": (1, 3 * G, G), "b": (1, 6 * G), "wd": (G, 3), "bd": (3,)}.items()}
ga = {n: array(t).astype(np.float64)[0] if n in "wrb" else array(t).astype(np.float64) for n, t in gru.items()}


def gru_all(x):
    h = np.zeros((len(x), G))
    outputs = []
    for row in x.transpose(1, 0, 2):
        a = row @ ga["w"].T + ga["b"][: 3 * G]
        u = h @ ga["r"].T + ga["b"][3 * G :]
        z, r = sigmoid(a[:, :G] + u[:, :G]), sigmoid(a[:, G : 2 * G] + u[:, G : 2 * G])
        n = np.tanh(a[:, 2 * G :] + r * u[:, 2 * G :])
        h = (1 - z) * n + z * h
        outputs.append(softmax(h @ ga["wd"] + ga["bd"]))
    return np.stack(outputs)


save(
    "gru-logits",
    [
        helper.make_node("Transpose", ["row"], ["steps"], perm=[1, 0, 2]),
        helper.make_node("GRU", ["steps", "w", "r", "b", "", "h"], ["y", "h_next"], hidden_size=G, linear_before_reset=1),
        helper.make_node("Gather", ["h_next", "first"], ["newest"], axis=0),
        helper.make_node("Gemm", ["newest", "wd", "bd"], ["logits"]),
    ],
    [floats("row", ["count", 1, F]), floats("h", [1, "count", G])],
    [floats("logits", ["count", 3]), floats("h_next", [1, "count", G])],
    [*gru.values(), numpy_helper.from_array(np.array(0, np.int64), "first")],
    lambda x: gru_all(x)[-1], 1, F, gives="logits", states=[("h", "h_next")],
    extra=lambda: {"sequence": sequence[0].tolist(), "steps": gru_all(sequence.astype(np.float64))[:, 0].tolist()},
)

# Trees: (feature, threshold, class added to at the left leaf, its weight, at the right leaf, its weight)
stumps = [(0, 0.1, 0, 0.7, 2, 0.4), (3, -0.2, 1, 0.5, 0, 0.3), (5, 0.4, 2, 0.9, 1, 0.2), (1, 0.0, 0, -0.6, 2, 0.8)]


def tree_answer(x):
    flat = x.reshape(len(x), -1)
    sums = np.tile(np.array([0.1, 0.0, -0.1]), (len(x), 1))
    for f, t, lc, lw, rc, rw in stumps:
        left = flat[:, f].astype(np.float32) <= np.float32(t)
        sums[np.arange(len(x)), np.where(left, lc, rc)] += np.where(left, lw, rw)
    return softmax(sums)


count = len(stumps)
save(
    "trees",
    [
        helper.make_node(
            "TreeEnsembleClassifier", ["window"], ["label", "probabilities"], domain="ai.onnx.ml",
            classlabels_int64s=[0, 1, 2], post_transform="SOFTMAX", base_values=[0.1, 0.0, -0.1],
            nodes_treeids=[t for t in range(count) for _ in range(3)], nodes_nodeids=[0, 1, 2] * count,
            nodes_featureids=[v for f, *_ in stumps for v in (f, 0, 0)], nodes_values=[v for _, t, *_ in stumps for v in (t, 0.0, 0.0)],
            nodes_modes=["BRANCH_LEQ", "LEAF", "LEAF"] * count, nodes_truenodeids=[1, 0, 0] * count, nodes_falsenodeids=[2, 0, 0] * count,
            class_treeids=[t for t in range(count) for _ in range(2)], class_nodeids=[1, 2] * count,
            class_ids=[v for _, _, lc, _, rc, _ in stumps for v in (lc, rc)], class_weights=[v for _, _, _, lw, _, rw in stumps for v in (lw, rw)],
        ),
    ],
    [floats("window", ["count", 6])], [floats("probabilities", ["count", 3]), helper.make_tensor_value_info("label", TensorProto.INT64, ["count"])], [],
    tree_answer, 2, 3,
)
