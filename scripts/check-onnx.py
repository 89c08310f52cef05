"""Checks the ONNX files of a folder: python check-onnx.py FOLDER (made by check-onnx.ts)"""
import json
import os
import sys

try:
    import numpy as np
    import onnx
    import onnxruntime
except ImportError as missing:
    sys.exit(f'{missing}: pip install numpy onnx onnxruntime')

folder = sys.argv[1]
failed = False
print(f'onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}')
for case in json.load(open(os.path.join(folder, 'cases.json'))):
    file = os.path.join(folder, case['file'])
    onnx.checker.check_model(file, full_check=True)
    onnx.shape_inference.infer_shapes(onnx.load(file), check_type=True, strict_mode=True)
    session = onnxruntime.InferenceSession(file, providers=['CPUExecutionProvider'])
    feeds = {case['input']: np.array(case['windows'], np.float32).reshape(case['shape'])}
    for extra in session.get_inputs():
        if extra.name not in feeds:
            feeds[extra.name] = np.zeros([size if isinstance(size, int) else 1 for size in extra.shape], np.float32)
    outputs = dict(zip([output.name for output in session.get_outputs()], session.run(None, feeds)))
    answer = outputs[case['output']].ravel()
    sums = outputs[case['output']].sum(axis=1)
    worst = 0.0 if case.get('expected') is None else float(np.abs(answer - np.array(case['expected'])).max())
    ok = worst < 1e-5 and np.abs(sums - 1).max() < 1e-5
    failed |= not ok
    print(f"{case['file']}: checked, {answer.size} outputs, largest difference {worst:.1e}{'' if ok else '  TOO LARGE'}")
sys.exit(1 if failed else 0)
