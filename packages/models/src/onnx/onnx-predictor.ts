import { integerOption, LobError, type Predictor } from '@rxlob/core'
import { answerWidth, checkNumbers, modelAnswers } from './model-answers.js'
import { openModel, type OpenModelOptions } from './open-model.js'
import { requestLane, type LaneOptions } from './request-lane.js'
import type { RunRequest } from './runtime.js'
import { servedModel, type ServedModel } from './served-model.js'

export interface OnnxPredictorOptions extends OpenModelOptions, LaneOptions {
  /** Windows that one run of `predictMany` holds at most. Default 256. */
  readonly batch?: number
}

/** Requests of single windows kept for the next ones. */
const mostSpare = 4

/** A predictor whose model runs in ONNX Runtime. */
export interface OnnxPredictor extends ServedModel, Predictor {
  predict(window: Parameters<Predictor['predict']>[0]): Promise<Float32Array>
  predictMany: NonNullable<Predictor['predictMany']>
  close(): Promise<void>
}

/**
 * A trained net, or trees, from an ONNX file with its manifest, run by ONNX Runtime on a thread of its own.
 *
 * The file is checked before the runtime sees it (hash, structure, sizes, no other files, no foreign code), windows before they
 * are sent (shape, NaN), and answers before they are given out (probabilities that sum to 1). A net with states is fed zeros and
 * the whole window: to carry states from row to row take `onnxStatefulPredictor`.
 *
 * @throws {LobError} LOB_BAD_FILE for a file that cannot be read, is damaged or is not the manifest's; LOB_COLUMN_MISMATCH where the
 * graph has other inputs or classes than the manifest; LOB_MODEL for a model that is refused; LOB_MISSING_PEER without ONNX Runtime.
 * From `predict`: LOB_COLUMN_MISMATCH and LOB_MODEL.
 * @example
 * const predictor = await onnxPredictor({ model: 'models/aapl.onnx', manifest: 'models/aapl.json' })
 */
export async function onnxPredictor(options: OnnxPredictorOptions): Promise<OnnxPredictor> {
  const batch = integerOption('batch', options.batch ?? 256, 1, 65_536)
  const model = await openModel(options)
  const { manifest, shapes, session } = model
  const { name, input, output, graph } = manifest
  if (shapes.fixedLength !== undefined && shapes.fixedLength !== input.length) {
    await session.close()
    throw new LobError('LOB_COLUMN_MISMATCH', `${name} takes one row at a time: use onnxStatefulPredictor, which carries its states.`)
  }
  const lane = requestLane(name, session, options)
  const numbers = input.length * input.columns.length
  const states = graph.states ?? []
  const spare: { readonly copy: Float32Array; readonly request: RunRequest }[] = []
  const request = (data: Float32Array, count: number): RunRequest => ({
    feeds: {
      [graph.input]: { data, dims: shapes.window(count, input.length) },
      ...Object.fromEntries(states.map((state, at) => [state.input, shapes.zeroState(at, count)])),
    },
    fetches: [graph.output],
  })
  const single = (copy: Float32Array): (typeof spare)[number] => ({ copy, request: request(copy, 1) })
  return servedModel(model, {
    async predict({ data, shape }) {
      checkNumbers(data, numbers, shape, manifest)
      // A copy: the window is lent for the call, and the run comes after it. Copies are used again: their garbage made whole collections of some ten milliseconds.
      const own = spare.pop() ?? single(new Float32Array(numbers))
      own.copy.set(data)
      try {
        const ran = lane.run(own.request)
        const [answer] = ran instanceof Promise ? await ran : ran
        return modelAnswers(answer!, 1, manifest)
      } finally {
        if (spare.length < mostSpare) spare.push(own)
      }
    },
    async predictMany({ data, shape }) {
      const [count] = shape
      checkNumbers(data, count * numbers, shape, manifest)
      const width = answerWidth(output)
      const answers = new Float32Array(count * width)
      const size = Math.min(batch, shapes.maxBatch)
      for (let from = 0; from < count; from += size) {
        const to = Math.min(count, from + size)
        const [answer] = await session.run(request(data.slice(from * numbers, to * numbers), to - from))
        answers.set(modelAnswers(answer!, to - from, manifest), from * width)
      }
      return answers
    },
  } satisfies Partial<OnnxPredictor>)
}
