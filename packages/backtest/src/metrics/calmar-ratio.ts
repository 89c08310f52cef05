/**
 * Annual return over the deepest drawdown.
 *
 * @param annualReturn In the unit of the drawdown: shares both, or currency both.
 * NaN where nothing fell.
 */
export const calmarRatio = (annualReturn: number, maxDrawdown: number): number => (maxDrawdown > 0 ? annualReturn / maxDrawdown : NaN)
