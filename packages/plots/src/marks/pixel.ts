/** A coordinate as the picture writes it: a tenth of a pixel is finer than the eye, more digits only make the file larger. */
export function pixel(coordinate: number): number {
  return Math.round(coordinate * 10) / 10
}
