/** Rows of a csv of numbers, read in the plainest way there is: the audit's second opinion on the byte parsers. */
export async function* csvRows(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<number[], void, void> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!
    for (const line of lines) yield line.split(',').map(Number)
  }
  if (rest !== '') yield rest.split(',').map(Number)
}
