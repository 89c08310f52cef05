/** Messages whose fields are summed for the comparison: all columns of whole numbers, so the sum is exact in every language. */
export const summedMessages = 100_000
/** Keeps the sum below 2^53. */
export const microsOrigin = 3e10
