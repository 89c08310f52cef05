import { escapeHtml } from '../text/escape-html.js'
import { reportBlock } from './report-block.js'
import type { ReportContent } from './report-content.js'
import { reportStyles } from './report-styles.js'

const banner = 'Synthetic data. The numbers below were computed from made-up data: they test the software and say nothing about any market.'

/**
 * A page of results that needs nothing but itself: styles and figures are inside, it asks no server for anything, runs no script, follows the
 * reader's light or dark setting, fits a phone, and prints.
 *
 * @throws {LobError} LOB_BAD_OPTION where a row of a table has too many or too few cells.
 */
export function htmlReport(content: ReportContent): string {
  const { title, subtitle, language = 'en', sections, footer } = content
  const { synthetic = sections.some(({ blocks }) => blocks.some((block) => block.kind === 'figure' && block.figure.synthetic)) } = content
  const contents = sections.map(({ heading }, i) => `<li><a href="#section-${i + 1}">${escapeHtml(heading)}</a></li>`).join('')
  const body = sections.map(
    ({ heading, blocks }, i) => `<section id="section-${i + 1}" aria-labelledby="heading-${i + 1}">
<h2 id="heading-${i + 1}">${escapeHtml(heading)}</h2>
${blocks.map((block, rank) => reportBlock(block, `block-${i + 1}-${rank + 1}`)).join('\n')}
</section>`,
  )
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(title)}</title>
<style>
${reportStyles()}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
${subtitle === undefined ? '' : `<p class="subtitle">${escapeHtml(subtitle)}</p>`}
${synthetic ? `<div class="notice warning" role="note"><p>${escapeHtml(banner)}</p></div>` : ''}
${sections.length > 2 ? `<nav aria-label="Contents"><ul>${contents}</ul></nav>` : ''}
</header>
<main>
${body.join('\n')}
</main>
${footer === undefined ? '' : `<footer><p>${escapeHtml(footer)}</p></footer>`}
</body>
</html>
`
}
