import { readFileSync } from 'node:fs'
import { zstdDecompressSync } from 'node:zlib'

/** All lines of a `.csv.zst`, without their newlines. */
export const csvLines = (path: string): string[] => zstdDecompressSync(readFileSync(path)).toString().trimEnd().split('\n')
