import type { Architecture } from '../architecture.js'
import { dense } from '../layers/dense.js'
import { flatten } from '../layers/flatten.js'

/** Multinomial logistic regression on all numbers of the window: softmax(W x + b). */
export function logistic(): Architecture {
  return { name: 'logistic', options: {}, feeding: 'window', layers: (outputs) => [flatten(), dense('head', { units: outputs })] }
}
