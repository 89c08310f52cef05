import { columnCount } from './feature-list.ts'

/** Sum of the defined numbers of each column and how many there are, to eight digits: the same in every language. */
export function matrixHash(values: Float64Array, rows: number): string {
  return Array.from({ length: columnCount }, (_, column) => {
    let sum = 0
    let defined = 0
    for (let row = 0; row < rows; row++) {
      const value = values[row * columnCount + column]!
      if (Number.isNaN(value)) continue
      sum += value
      defined++
    }
    return `${defined}:${sum.toExponential(7).replace(/e([+-])(\d)$/, 'e$10$2')}`
  }).join(' ')
}
