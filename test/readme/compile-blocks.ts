import { dirname, join } from 'node:path'
import ts from 'typescript'
import type { CodeBlock } from './code-blocks.js'

export interface MarkdownCode extends CodeBlock {
  /** From the root of the repository. */
  readonly path: string
}

/** Type-checks each block as a module of its own, with the sources behind the packages' names. Returns the errors, by file and line. */
export function compileBlocks(root: string, blocks: readonly MarkdownCode[]): string[] {
  const read = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(read.config, { ...ts.sys, readDirectory: () => [] }, root)
  const modules = new Map(blocks.map((block, number) => [join(root, dirname(block.path), `block-${number}.ts`), block]))
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  const textOf = (path: string): string | undefined => {
    const block = modules.get(path)
    return block && (/^\s*(import|export)\b/m.test(block.code) ? block.code : `${block.code}\nexport {}`)
  }
  host.fileExists = (path) => modules.has(path) || fileExists(path)
  host.readFile = (path) => textOf(path) ?? readFile(path)
  host.getSourceFile = (path, version, ...rest) => (modules.has(path) ? ts.createSourceFile(path, textOf(path)!, version, true) : getSourceFile(path, version, ...rest))

  // As strict as most readers are: `list[0].x` is what a page shows.
  const lenient = { noUnusedLocals: false, noUnusedParameters: false, noUncheckedIndexedAccess: false, skipLibCheck: true, noEmit: true }
  const program = ts.createProgram([...modules.keys()], { ...options, ...lenient }, host)
  return [...modules].flatMap(([path, block]) => {
    const file = program.getSourceFile(path)!
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(({ start = 0, messageText }) => {
      const line = block.line + 1 + file.getLineAndCharacterOfPosition(start).line
      return `${block.path}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
    })
  })
}
