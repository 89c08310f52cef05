import type { LayerFor } from '../layer.js'

/** Sets a share of the numbers to 0 while training and scales the rest up to the same mean; does nothing afterwards. */
export function dropout(name: string, rate: number): LayerFor {
  return (shape) => ({
    name,
    weights: [],
    outputShape: shape,
    forward: ({ training, mask }, x) => (training && rate > 0 ? x.mul(mask(x.shape, rate)) : x),
    onnx: (_, x) => x,
  })
}
