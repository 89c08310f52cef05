export const visions = ['normal', 'protan', 'deutan', 'tritan'] as const
export type Vision = (typeof visions)[number]

// Severity 1.0. @see Machado, Oliveira and Fernandes (2009), IEEE TVCG 15(6), table 1
const simulation: Readonly<Record<Vision, readonly number[]>> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}

function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
}

function product(matrix: readonly number[], vector: readonly number[]): number[] {
  return [0, 3, 6].map((row) => vector.reduce((sum, value, i) => sum + value * (matrix[row + i] ?? 0), 0))
}

/** @see WCAG 2.2, contrast ratio */
export function contrast(a: string, b: string): number {
  const luminance = (hex: string): number => linear(hex).reduce((sum, value, i) => sum + value * ([0.2126, 0.7152, 0.0722][i] ?? 0), 0)
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

/** Distance in hundredths of Oklab as seen with a colour vision. @see Ottosson (2020), A perceptual color space for image processing */
export function seenDistance(a: string, b: string, vision: Vision): number {
  const [p, q] = [a, b].map((hex) => {
    const seen = product(simulation[vision], linear(hex)).map((value) => Math.min(1, Math.max(0, value)))
    const cones = product([0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376, 0.6299787005], seen).map(Math.cbrt)
    return product([0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371, 0.7827717662, -0.808675766], cones)
  })
  return 100 * Math.hypot(...(p ?? []).map((value, i) => value - (q?.[i] ?? 0)))
}
