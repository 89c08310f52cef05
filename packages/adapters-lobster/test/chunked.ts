import type { OpenFile } from '../src/open-file.js'

/** A text in chunks of these sizes, taken in turn. */
export async function* chunked(text: string | Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array, void, void> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!
    yield bytes.subarray(at, at + size)
    at += size
  }
}

/** Files by path, opened in chunks of these sizes; a missing one is empty. */
export const openTexts =
  (files: Readonly<Record<string, string>>, sizes: readonly number[] = [1 << 20]): OpenFile =>
  (path, _kind, start) =>
    chunked(new TextEncoder().encode(files[path] ?? '').subarray(start), sizes)
