/** Work that may rest at each yield: what has to be done in one go goes through to the end (`atOnce`), what must not hold the event loop is done beside it. */
export type InParts<Result> = Generator<void, Result, void>

/** Does all of it now. */
export function atOnce<Result>(work: InParts<Result>): Result {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}
