// Runs a program on the packages' sources, as the tests do: node --import ./scripts/faults/from-sources.ts program.ts
import { registerHooks } from 'node:module'

const packages = new URL('../../packages/', import.meta.url)

registerHooks({
  resolve(specifier, context, next) {
    const [, name, path] = /^@rxlob\/([^/]+)(?:\/(.+))?$/.exec(specifier) ?? []
    if (name !== undefined) return next(new URL(path === undefined ? `${name}/src/index.ts` : path === 'kernel' ? `${name}/src/kernel.ts` : `${name}/src/${path}/index.ts`, packages).href, context)
    if (specifier.startsWith('.') && context.parentURL?.startsWith(packages.href)) return next(specifier.replace(/\.js$/, '.ts'), context)
    return next(specifier, context)
  },
})
