import { createHash } from 'node:crypto'
import { escapeHtml } from '../text/escape-html.js'
import { fontStack } from '../text/font-stack.js'
import { withoutControls } from '../text/without-controls.js'

export interface CleanSvgOptions {
  /** Read out in place of the picture. */
  readonly label: string
  /** Default: a hash of the picture. */
  readonly idPrefix?: string
}

/**
 * A picture fit for a page: the same bytes for the same content, ids that clash with no other picture's, no script or hover rules,
 * the font named once, and a spoken label.
 */
export function cleanSvg(svg: string, { label, idPrefix }: CleanSvgOptions): string {
  // User text is escaped by the renderer and so never holds the raw quotes that these patterns need.
  const body = withoutControls(svg)
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<style\b[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/ (?:ecmeta_\w+|pointer-events|xml:space|class)="[^"]*"/g, '')
    .replaceAll(`font-family:${fontStack};`, '')
    .replace(/ fill="none" fill="none"/g, ' fill="none"')
    .replace(/\n+/g, '\n')
    .trim()
  const prefix = idPrefix ?? `lob-${createHash('sha256').update(withIds(body, '')).digest('hex').slice(0, 8)}`
  const [, width = '', height = ''] = /^<svg width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? []
  const root = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${fontStack}" role="img" aria-label="${escapeHtml(label)}">`
  return `${root}\n${withIds(body, `${escapeHtml(prefix)}-`)}\n</svg>\n`
}

function withIds(body: string, prefix: string): string {
  return body.replace(/(id="|url\(#)zr\d+-(?=[a-z0-9-]*(?:"|\)"))/g, `$1${prefix}`)
}
