import type { WeightSpec } from '../layer.js'

/** Kernel [in, gates * units], recurrent kernel [units, gates * units] and bias of a recurrent layer. */
export function recurrentWeights(name: string, width: number, units: number, gates: number, bias: Float32Array): WeightSpec[] {
  return [
    { name: `${name}.kernel`, shape: [width, gates * units], start: 'glorot' },
    { name: `${name}.recurrent`, shape: [units, gates * units], start: 'orthogonal' },
    { name: `${name}.bias`, shape: [bias.length], start: bias },
  ]
}
