/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number]

/** Colour at a place from 0 to 1; places outside are taken as the nearer end. */
export type ColorMap = (place: number) => Rgb
