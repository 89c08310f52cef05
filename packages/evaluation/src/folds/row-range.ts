/** Rows `from` to `to - 1` of a frame. */
export interface RowRange {
  readonly from: number
  readonly to: number
}

export const rangeLength = ({ from, to }: RowRange): number => Math.max(0, to - from)
