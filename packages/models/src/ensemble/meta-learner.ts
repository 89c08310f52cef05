/** Rows of what members said and what came true: what a stack's last step is fitted on. */
export interface MetaRows {
  /** Row-major [rows, columns]: for each member the log odds of every class but the first against the first. */
  readonly inputs: Float64Array
  readonly columns: number
  /** Class of each row. */
  readonly targets: Int32Array
  readonly classes: number
}

/** What turns the members' forecasts into one: `logisticMeta`, `treesMeta`, or your own. */
export interface MetaLearner {
  readonly name: string
  /** Fits it. What is returned gives probabilities, row-major [rows, classes], of row-major inputs. */
  fit(rows: MetaRows): (inputs: Float64Array) => ArrayLike<number>
}
