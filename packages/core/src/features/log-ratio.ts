/** ln(a / b): log1p of the exact difference, because the quotient of two near prices would lose half its digits. */
export const logRatio = (a: number, b: number): number => Math.log1p((a - b) / b)
