/** (bid - ask) / (bid + ask) in [-1, 1], positive where the bid is larger; NaN where both are 0. */
export const imbalanceOf = (bid: number, ask: number): number => (bid - ask) / (bid + ask)
