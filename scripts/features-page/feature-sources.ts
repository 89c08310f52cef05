import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../../packages/core/src/features/', import.meta.url)

/** The sources of all features, by file name. */
export const featureSources = (): Map<string, string> => new Map(readdirSync(folder).map((file) => [file, readFileSync(new URL(file, folder), 'utf8')]))
