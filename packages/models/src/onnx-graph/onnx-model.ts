/** A state of the `step` form of a recurrent net: what the graph takes in, and what it gives back for the next row. */
export interface OnnxState {
  readonly input: string
  readonly output: string
}

/** A model as ONNX Runtime reads it. */
export interface OnnxModel {
  /** The file's content. */
  readonly bytes: Uint8Array
  /** Tensors by name, as a model manifest has them. */
  readonly graph: { readonly input: string; readonly output: string; readonly gives: 'probabilities' | 'value'; readonly states?: readonly OnnxState[] }
}
