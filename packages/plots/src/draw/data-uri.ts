/** PNG bytes as an address that a picture can carry inside. */
export function dataUri(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`
}
