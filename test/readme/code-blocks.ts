/** One fenced block of a Markdown file. */
export interface CodeBlock {
  /** Line of the fence, 1-based. */
  readonly line: number
  readonly code: string
}

/** The blocks of one language, as ```ts blocks that readers will paste. Blocks may be indented within lists. */
export function codeBlocks(markdown: string, language: string): CodeBlock[] {
  const blocks: CodeBlock[] = []
  let open: { line: number; indent: number; wanted: boolean; code: string[] } | undefined
  for (const [at, text] of markdown.split(/\r?\n/).entries()) {
    const fence = /^(\s*)```\s*([\w-]*)/.exec(text)
    if (open && fence && fence[2] === '') {
      if (open.wanted) blocks.push({ line: open.line, code: open.code.join('\n') })
      open = undefined
    } else if (open) open.code.push(text.slice(open.indent))
    else if (fence) open = { line: at + 1, indent: fence[1]!.length, wanted: fence[2] === language, code: [] }
  }
  return blocks
}
