import type { FeatureWindow, Predictor } from '@rxlob/core'
import type { Check } from './check.js'
import { copyWindow, scrambleWindow } from './copy-window.js'
import { demand } from './demand.js'
import { demandRefusal } from './demand-refusal.js'
import { madeUpExamples } from './made-up-windows.js'
import { checkOutput, checkSame, outputWidth } from './output-checks.js'

export interface TestPredictorOptions {
  /** Windows to predict. Default 40 of normal numbers, in the shape that `input` names. */
  readonly windows?: readonly FeatureWindow[]
  /** Largest difference allowed between `predictMany` and `predict`, whose arithmetic may go in another order. Default 1e-5. */
  readonly tolerance?: number
}

/**
 * The predictor contract as checks: well-formed outputs, pure predictions, arguments left alone, nothing kept of what was
 * lent, refusals that name a code, and `predictMany` as a loop over `predict`.
 *
 * @param create A new predictor for each check.
 * @example
 * for (const check of testPredictor(() => onnxPredictor({ model, manifest }))) it(check.name, check.run)
 */
export function testPredictor(create: () => Predictor | Promise<Predictor>, options: TestPredictorOptions = {}): Check[] {
  const { tolerance = 1e-5 } = options
  const withPredictor = (name: string, body: (predictor: Predictor, windows: readonly FeatureWindow[]) => Promise<void>): Check => ({
    name,
    async run() {
      const predictor = await create()
      const windows = options.windows ?? madeUpExamples(predictor.input, predictor.output, 40).map(({ window }) => window)
      try {
        await body(predictor, windows.map(copyWindow))
      } finally {
        await predictor.close?.()
      }
    },
  })

  return [
    withPredictor('names its contract, input and output', async (predictor) => checkDeclaration(predictor)),
    withPredictor('gives well-formed outputs', async (predictor, windows) => {
      for (const window of windows) checkOutput(predictor, await predictor.predict(window), `window ${window.row}`)
    }),
    withPredictor('gives the same bits for the same window, whatever came between', async (predictor, windows) => {
      const first: number[][] = []
      for (const window of windows) first.push([...(await predictor.predict(window))])
      for (const [at, window] of [...windows.entries()].reverse()) {
        checkSame(predictor, await predictor.predict(window), first[at]!, `a second prediction of window ${window.row}`)
      }
    }),
    withPredictor('changes nothing of its argument', async (predictor, windows) => {
      for (const window of windows) {
        const before = copyWindow(window)
        await predictor.predict(Object.freeze({ ...window, shape: Object.freeze(window.shape) }))
        checkSame(predictor, window.data, before.data, `the data of window ${window.row} after its prediction`)
      }
    }),
    withPredictor('keeps nothing of what it was lent, and gives away what it returns', async (predictor, windows) => {
      const kept: { answer: Float32Array; bits: number[] }[] = []
      for (const window of windows) {
        const own = copyWindow(window)
        const answer = await predictor.predict(own)
        scrambleWindow(own)
        checkSame(predictor, await predictor.predict(copyWindow(window)), [...answer], `window ${window.row}, predicted again once the lent copy was overwritten`)
        kept.push({ answer, bits: [...answer] })
      }
      for (const [at, { answer, bits }] of kept.entries()) checkSame(predictor, answer, bits, `the answer to window ${at}, read after later predictions`)
    }),
    withPredictor('refuses windows of another shape with LOB_COLUMN_MISMATCH', async (predictor, windows) => {
      const { input } = predictor
      for (const [length, columns] of [[input.length, input.columns.length + 1], [input.length + 1, input.columns.length]] as const) {
        const wrong: FeatureWindow = { ...windows[0]!, data: new Float32Array(length * columns), shape: [length, columns] }
        await demandRefusal(predictor.name, `a window of shape [${length}, ${columns}]`, async () => predictor.predict(wrong), 'LOB_COLUMN_MISMATCH')
      }
    }),
    withPredictor('predicts many as it predicts one', async (predictor, windows) => {
      if (!predictor.predictMany) return
      const [length, columns] = windows[0]!.shape
      const data = new Float32Array(windows.length * length * columns)
      windows.forEach((window, at) => data.set(window.data, at * length * columns))
      const before = data.slice()
      const many = await predictor.predictMany({ data, shape: [windows.length, length, columns] })
      checkSame(predictor, data, before, 'the data after predictMany')
      const width = outputWidth(predictor)
      demand(many.length === windows.length * width, () => `${predictor.name}: predictMany of ${windows.length} windows: expected ${windows.length * width} numbers, got ${many.length}.`)
      for (const [at, window] of windows.entries()) {
        const one = await predictor.predict(window)
        for (const [column, value] of one.entries()) {
          const other = many[at * width + column]!
          demand(Object.is(value, other) || Math.abs(value - other) <= tolerance, () => `${predictor.name}: window ${at}, output ${column}: predict gives ${value}, predictMany ${other}.`)
        }
      }
    }),
    withPredictor('may be closed twice', async (predictor) => void (await predictor.close?.())),
  ]
}

function checkDeclaration({ contract, name, input, output }: Predictor): void {
  demand(contract === 1, () => `Expected contract 1, got ${String(contract)}.`)
  demand(typeof name === 'string' && name.length > 0, () => 'A predictor has a name.')
  demand(input.columns.length > 0 && new Set(input.columns).size === input.columns.length, () => `${name}: expected one or more distinct input columns, got ${input.columns.join(', ')}.`)
  demand(input.fingerprints.length > 0 && input.fingerprints.length <= input.columns.length, () => `${name}: expected the fingerprints of the ${input.columns.length} columns' features, got ${input.fingerprints.length}.`)
  demand(Number.isInteger(input.length) && input.length >= 1, () => `${name}: expected an input length of 1 or more rows, got ${input.length}.`)
  for (const part of input.scaler ? [input.scaler.mean, input.scaler.scale] : []) {
    demand(part.length === input.columns.length, () => `${name}: expected a scaler of ${input.columns.length} columns, got ${part.length}.`)
  }
  if (output.kind === 'classes') demand(new Set(output.classes).size >= 2, () => `${name}: expected two or more classes, got ${output.classes.join(', ')}.`)
  const horizon = 'rows' in output.horizon ? output.horizon.rows : output.horizon.micros
  demand(Number.isInteger(horizon) && horizon > 0, () => `${name}: expected a horizon above 0, got ${horizon}.`)
}
