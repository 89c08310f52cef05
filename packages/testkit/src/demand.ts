/** Throws where a rule is broken; the message is only built then. */
export function demand(holds: boolean, message: () => string): asserts holds {
  if (!holds) throw new Error(message())
}
