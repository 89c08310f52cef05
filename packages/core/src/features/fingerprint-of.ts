/** Name and options in one string. */
export const fingerprintOf = (name: string, options: object | undefined): string => (options === undefined ? name : `${name}${JSON.stringify(options)}`)
