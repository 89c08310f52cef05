type Numbers = Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Int8Array<ArrayBuffer> | Uint8Array<ArrayBuffer>

/** A longer array of the same kind that begins with the old numbers; the rest is 0. Cost: O(size). */
export function grown<Kind extends Numbers>(old: Kind, size: number): Kind {
  const longer = new (old.constructor as new (size: number) => Kind)(size)
  longer.set(old)
  return longer
}
