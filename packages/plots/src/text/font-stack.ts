/** Browsers without the first take the next; Verdana has its widths, the others are narrower, so nothing laid out here outgrows its place. */
export const fontStack = 'DejaVu Sans, Verdana, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif'
