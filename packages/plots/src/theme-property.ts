/** Custom property of a role, `--lob-ink`, `--lob-series-1`. */
export function themeProperty(role: string, rank?: number): string {
  return rank === undefined ? `--lob-${role.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}` : `--lob-${role}-${rank + 1}`
}
