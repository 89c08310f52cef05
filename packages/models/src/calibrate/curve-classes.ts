/** The classes that have a curve: the second of two, else every one. */
export const curveClasses = (classes: number): number[] => (classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k))
