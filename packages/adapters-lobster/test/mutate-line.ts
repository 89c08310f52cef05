import type { Random } from '@rxlob/core'

const spice = ['', '-', '.', ',', '\r', '0', '9', '00000000000', '9999999999', '-1', ' ', 'e5', 'NaN', '+', 'x', '\u00e9', ',,', '9007199254740993', '4294967296', '86400', '.5']

/** A line with one to three small injuries, some of which leave it valid. Never holds a newline. */
export function mutateLine(line: string, random: Random): string {
  const below = (n: number): number => Math.floor(random() * n)
  let text = line
  for (let injuries = 1 + below(3); injuries > 0; injuries--) {
    const at = below(text.length + 1)
    const what = below(6)
    if (what === 0) text = text.slice(0, at) + text.slice(at + 1)
    else if (what === 1) text = text.slice(0, at) + spice[below(spice.length)]! + text.slice(at)
    else if (what === 2) text = text.slice(0, at) + String(below(10)) + text.slice(at + 1)
    else if (what === 3) text = text.slice(0, at)
    else {
      const fields = text.split(',')
      const field = below(fields.length)
      if (what === 4) fields[field] = spice[below(spice.length)]!
      else fields.splice(field, below(2), ...(below(2) === 0 ? [] : [fields[below(fields.length)]!]))
      text = fields.join()
    }
  }
  return text
}
