import { LobError, type InstrumentId, type StatefulPredictor } from '@rxlob/core'
import { checkNumbers, modelAnswers } from './model-answers.js'
import { openModel, type OpenModelOptions } from './open-model.js'
import type { Floats, RunRequest } from './runtime.js'
import { servedModel, type ServedModel } from './served-model.js'

/** A recurrent net whose state is carried from row to row. */
export interface OnnxStatefulPredictor extends ServedModel, StatefulPredictor {
  predict(window: Parameters<StatefulPredictor['predict']>[0]): Promise<Float32Array>
  step(instrument: InstrumentId, row: Float32Array): Promise<Float32Array>
  close(): Promise<void>
}

/**
 * A recurrent net from an ONNX file, stepped one row at a time: the states that the graph gives back go in again with the next row.
 *
 * The answer after n steps is that of one pass over the n rows since `init`, to rounding: more history than a window, at a cost that does
 * not grow with it. A net trained on windows alone has not learned to use what lies before them; nets meant for stepping are trained
 * with carried state. The states stay on this side, so that a worker that dies takes none with it.
 *
 * @throws {LobError} As `onnxPredictor`; LOB_BAD_OPTION where the manifest names no states.
 */
export async function onnxStatefulPredictor(options: OpenModelOptions): Promise<OnnxStatefulPredictor> {
  const model = await openModel(options)
  const { manifest, shapes, session } = model
  const { name, input, graph } = manifest
  const { states = [] } = graph
  if (states.length === 0) {
    await session.close()
    throw new LobError('LOB_BAD_OPTION', `${name} has no states in its manifest (graph.states), so it cannot be stepped: use onnxPredictor, or export it with its states as inputs and outputs.`)
  }
  const columns = input.columns.length
  const fetches = [graph.output, ...states.map((state) => state.output)]
  const carried = new Map<InstrumentId, readonly Floats[]>()
  const zeros = states.map((_, at) => shapes.zeroState(at, 1))

  /** The answer to rows that follow a state, and the state after them. */
  async function advance(rows: Float32Array, from: readonly Floats[]): Promise<{ answer: Float32Array; after: readonly Floats[] }> {
    const request: RunRequest = {
      feeds: {
        [graph.input]: { data: rows, dims: shapes.window(1, rows.length / columns) },
        ...Object.fromEntries(states.map((state, at) => [state.input, from[at]!])),
      },
      fetches,
    }
    const ran = session.run(request)
    const [answer, ...after] = ran instanceof Promise ? await ran : ran
    return { answer: modelAnswers(answer!, 1, manifest), after }
  }

  return servedModel(model, {
    init: (instrument) => void carried.delete(instrument),
    async step(instrument, row) {
      checkNumbers(row, columns, [columns], manifest)
      const { answer, after } = await advance(row.slice(), carried.get(instrument) ?? zeros)
      carried.set(instrument, after)
      return answer
    },
    async predict({ data, shape }) {
      checkNumbers(data, input.length * columns, shape, manifest)
      const rows = data.slice()
      if (shapes.fixedLength !== 1) return (await advance(rows, zeros)).answer
      let state: readonly Floats[] = zeros
      let answer = new Float32Array(0)
      for (let row = 0; row < input.length; row++) {
        const next = await advance(rows.slice(row * columns, (row + 1) * columns), state)
        state = next.after
        answer = Float32Array.from(next.answer)
      }
      return answer
    },
  } satisfies Partial<OnnxStatefulPredictor>)
}
