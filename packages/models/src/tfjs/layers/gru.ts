import type { LayerFor } from '../layer.js'
import { gateRows } from './gate-rows.js'
import { gruSequence } from './gru-sequence.js'
import { recurrentWeights } from './recurrent-weights.js'
import { stepsFirst, windowsFirst } from './step-order.js'

/** z, r, n where ours are r, z, n. */
const onnxGates = [1, 0, 2]

/**
 * A gated recurrent unit over the steps of a window, the reset gate applied after the matrix product (PyTorch's form).
 *
 *   r, z = sigmoid(x W + h U + b), n = tanh(x W + b + r (h U + b'));  h <- (1 - z) n + z h
 *
 * Shape: [steps, in] to [steps, units]. Columns of W [in, 3 units] and U [units, 3 units] are r, z, n; b' [units] is the candidate's alone.
 * State `<name>.h` starts at 0 unless it is carried.
 *
 * @see Cho et al. (2014), arXiv 1406.1078
 */
export function gru(name: string, units: number): LayerFor {
  return ([steps, width]) => ({
    name,
    weights: [...recurrentWeights(name, width!, units, 3, new Float32Array(3 * units)), { name: `${name}.hidden_bias`, shape: [units], start: 0 }],
    states: [{ name: `${name}.h`, width: units }],
    outputShape: [steps!, units],
    forward: (pass, x) => {
      const { weight, state, keepState } = pass
      const h = `${name}.h`
      const run = gruSequence(pass, x, weight(`${name}.kernel`), weight(`${name}.recurrent`), weight(`${name}.bias`), weight(`${name}.hidden_bias`), state(h, x.shape[0]!, units))
      keepState(h, run.lastH)
      return run.outputs
    },
    onnx: (pass, x) => {
      const { graph, values } = pass
      // ONNX has both biases in one row.
      const biases = new Float32Array(6 * units)
      biases.set(gateRows(values(`${name}.bias`), 1, units, onnxGates))
      biases.set(values(`${name}.hidden_bias`), 5 * units)
      const h = pass.state(`${name}.h`)
      const rows = stepsFirst(graph, x, steps!, width!)
      const inputs = [
        rows,
        graph.floats(gateRows(values(`${name}.kernel`), width!, units, onnxGates), [1, 3 * units, width!], `${name}.W`),
        graph.floats(gateRows(values(`${name}.recurrent`), units, units, onnxGates), [1, 3 * units, units], `${name}.R`),
        graph.floats(biases, [1, 6 * units], `${name}.B`),
      ]
      const [y, lastH] = graph.nodes('GRU', h === undefined ? inputs : [...inputs, '', h], { attributes: { hidden_size: units, linear_before_reset: 1 }, outputs: 2 })
      pass.keepState(`${name}.h`, lastH!)
      return windowsFirst(graph, y!, lastH!, steps!)
    },
  })
}
