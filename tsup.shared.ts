import type { Options } from 'tsup'

/** One build for every package: ESM, declarations, nothing bundled that is a dependency. */
export function packageBuild(entry: Record<string, string>): Options {
  return {
    entry,
    format: ['esm'],
    target: 'es2023',
    dts: true,
    clean: true,
    sourcemap: true,
    splitting: true,
    treeshake: true,
  }
}
