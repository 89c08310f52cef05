import { readImports } from '../architecture/read-imports.js'
import type { CodeBlock } from './code-blocks.js'

/** The code after each `@example` of a file's docblocks. */
export function docExamples(source: string): CodeBlock[] {
  const examples: CodeBlock[] = []
  let open: { line: number; code: string[] } | undefined
  for (const [at, text] of source.split(/\r?\n/).entries()) {
    const content = /^\s*\* ?(?!\/)(.*)$/.exec(text)?.[1]
    if (open && (content === undefined || content.startsWith('@'))) {
      examples.push({ line: open.line, code: open.code.join('\n') })
      open = undefined
    } else if (open) open.code.push(content!)
    if (content?.startsWith('@example')) open = { line: at + 1, code: [] }
  }
  return examples
}

/**
 * An example as a module: names that a package exports are imported from it, whatever else the example does not declare
 * stands for something of the reader's (`any`). Imports go behind the code, so that lines keep their numbers.
 */
export function exampleModule(code: string, exports: ReadonlyMap<string, readonly string[]>): string {
  const { freeNames, imports } = readImports('example.ts', code)
  const lines = imports.length > 0 ? [] : ['export {}']
  for (const name of freeNames.keys()) {
    if (name.includes('.') || name in globalThis || name === 'undefined') continue
    const [owner] = [...exports].find(([, names]) => names.includes(name)) ?? []
    lines.push(owner === undefined ? `declare const ${name}: any` : `import { ${name} } from '${owner}'`)
  }
  return `${code}\n${lines.join('\n')}`
}
