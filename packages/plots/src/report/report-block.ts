import { LobError } from '@rxlob/core/kernel'
import { formatNumber } from '../format-number.js'
import { escapeHtml } from '../text/escape-html.js'
import type { ReportBlock, ReportColumn, ReportFacts, ReportFigure, ReportTable } from './report-content.js'

// The text column of the page, and a phone's.
const wideWidth = 900
const compactWidth = 400

/** A block as HTML. `id` is unique in the page. */
export function reportBlock(block: ReportBlock, id: string): string {
  switch (block.kind) {
    case 'text':
      return paragraphs(block.text)
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`
    case 'notice':
      return `<div class="notice${block.tone === 'warning' ? ' warning' : ''}" role="note">${paragraphs(block.text)}</div>`
    case 'facts':
      return facts(block)
    case 'table':
      return table(block, id)
    case 'figure':
      return figure(block, id)
  }
}

function paragraphs(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`)
    .join('\n')
}

function facts({ facts: pairs }: ReportFacts): string {
  const written = (value: string | number): string => escapeHtml(typeof value === 'number' ? formatNumber(value) : value)
  return `<dl>${pairs.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${written(value)}</dd>`).join('\n')}</dl>`
}

function table({ caption, columns, rows }: ReportTable, id: string): string {
  const short = rows.findIndex((row) => row.length !== columns.length)
  if (short !== -1) throw new LobError('LOB_BAD_OPTION', `Table "${caption}": expected ${columns.length} cells in row ${short + 1}, got ${rows[short]?.length}.`)
  const numeric = ({ align }: ReportColumn): string => (align === 'number' ? ' class="number"' : '')
  const head = columns.map((column) => `<th scope="col"${numeric(column)}>${escapeHtml(column.name)}</th>`).join('')
  const body = rows.map((row) => `<tr>${row.map((cell, i) => tableCell(cell, columns[i] ?? { name: '' }, i === 0)).join('')}</tr>`).join('\n')
  return `<div class="table"><p class="caption" id="${id}">${escapeHtml(caption)}</p>
<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}"><table aria-labelledby="${id}">
<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody></table></div></div>`
}

function tableCell(cell: string | number, { align, decimals }: ReportColumn, first: boolean): string {
  const text = escapeHtml(typeof cell === 'number' ? formatNumber(cell, decimals === undefined ? {} : { decimals }) : cell)
  const style = align === 'number' ? ' class="number"' : ''
  return first ? `<th scope="row"${style}>${text}</th>` : `<td${style}>${text}</td>`
}

function figure({ figure: drawn }: ReportFigure, id: string): string {
  const picture = (width: number, size: string): string =>
    `<div class="${size}">${drawn.svg({ theme: 'css', width, caption: false, idPrefix: `${id}-${size}` }).trim()}</div>`
  return `<figure>\n${picture(wideWidth, 'wide')}\n${picture(compactWidth, 'compact')}\n<figcaption>${escapeHtml(drawn.caption)}</figcaption>\n</figure>`
}
