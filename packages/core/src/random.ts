/** 0 to below 1, seeded. */
export type Random = () => number

/**
 * A seeded random source: the same seed gives the same numbers on every machine.
 *
 * splitmix32 seeds the four words of xoshiro128**; each number has 32 random bits.
 *
 * @see Blackman and Vigna (2021), Scrambled linear pseudorandom number generators, ACM TOMS 47(4)
 */
export function seededRandom(seed: number): Random {
  let mix = seed >>> 0
  const next = (): number => {
    mix = (mix + 0x9e3779b9) | 0
    let z = mix
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  }
  let a = next()
  let b = next()
  let c = next()
  let d = next()
  return () => {
    const scrambled = Math.imul(b, 5)
    const word = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return word / 4294967296
  }
}
