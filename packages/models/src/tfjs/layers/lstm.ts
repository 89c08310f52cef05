import type { LayerFor } from '../layer.js'
import { gateRows } from './gate-rows.js'
import { lstmSequence } from './lstm-sequence.js'
import { recurrentWeights } from './recurrent-weights.js'
import { stepsFirst, windowsFirst } from './step-order.js'

/** i, o, f, c where ours are i, f, o, g. */
const onnxGates = [0, 2, 1, 3]

/**
 * A long short-term memory over the steps of a window.
 *
 *   i, f, o = sigmoid(x W + h U + b), g = tanh(x W + h U + b);  c <- f c + i g;  h <- o tanh(c)
 *
 * Shape: [steps, in] to [steps, units]. Columns of W [in, 4 units] and U [units, 4 units] are i, f, o, g. The forget bias starts at 1.
 * States `<name>.h` and `<name>.c` start at 0 unless they are carried.
 *
 * @see Hochreiter and Schmidhuber (1997), Neural Computation 9(8); Gers, Schmidhuber and Cummins (2000) for the forget gate
 */
export function lstm(name: string, units: number): LayerFor {
  return ([steps, width]) => {
    const bias = new Float32Array(4 * units).fill(1, units, 2 * units)
    return {
      name,
      weights: recurrentWeights(name, width!, units, 4, bias),
      states: [{ name: `${name}.h`, width: units }, { name: `${name}.c`, width: units }],
      outputShape: [steps!, units],
      forward: (pass, x) => {
        const { weight, state, keepState } = pass
        const count = x.shape[0]!
        const [h, c] = [`${name}.h`, `${name}.c`]
        const run = lstmSequence(pass, x, weight(`${name}.kernel`), weight(`${name}.recurrent`), weight(`${name}.bias`), state(h, count, units), state(c, count, units))
        keepState(h, run.lastH)
        keepState(c, run.lastC)
        return run.outputs
      },
      onnx: (pass, x) => {
        const { graph, values } = pass
        const kernel = gateRows(values(`${name}.kernel`), width!, units, onnxGates)
        const recurrent = gateRows(values(`${name}.recurrent`), units, units, onnxGates)
        const offsets = gateRows(values(`${name}.bias`), 1, units, onnxGates)
        const both = new Float32Array(8 * units)
        both.set(offsets)
        const [h, c] = [pass.state(`${name}.h`), pass.state(`${name}.c`)]
        const rows = stepsFirst(graph, x, steps!, width!)
        const inputs = [rows, graph.floats(kernel, [1, 4 * units, width!], `${name}.W`), graph.floats(recurrent, [1, 4 * units, units], `${name}.R`), graph.floats(both, [1, 8 * units], `${name}.B`)]
        const [y, lastH, lastC] = graph.nodes('LSTM', h === undefined || c === undefined ? inputs : [...inputs, '', h, c], { attributes: { hidden_size: units }, outputs: 3 })
        pass.keepState(`${name}.h`, lastH!)
        pass.keepState(`${name}.c`, lastC!)
        return windowsFirst(graph, y!, lastH!, steps!)
      },
    }
  }
}
