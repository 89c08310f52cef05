/** Page colours a picture is drawn for; each has an opaque background of its own. */
export type PictureTheme = 'light' | 'dark'

export interface FigureSize {
  /** Pixels, 320 to 2000; the layout is made anew for each width. Square figures take less than they are offered. Default 860. */
  readonly width?: number
  /** Draws the caption under the plot. Default true; false where the page around it shows `caption`. */
  readonly caption?: boolean
}

export interface SvgOptions extends FigureSize {
  /** `css` writes every page colour as a custom property, for pages that carry `figureStyles`. Default `light`. */
  readonly theme?: PictureTheme | 'css'
  /** Prefix of the ids in the picture, unique in its page. Default a hash of the picture. */
  readonly idPrefix?: string
}

export interface PngOptions extends FigureSize {
  /** Default `light`. */
  readonly theme?: PictureTheme
  /** Device pixels a picture pixel, 0.5 to 4. Default 2. */
  readonly scale?: number
}

/** A drawn chart. Its numbers were copied when it was made: the same figure always gives the same bytes. */
export interface Figure {
  readonly title: string
  /** What is drawn, from which data and period, and whether they are synthetic. Plain text. */
  readonly caption: string
  /** The figure in words, for readers who do not see it. */
  readonly alt: string
  readonly synthetic: boolean
  /** Pixels the picture takes at a width. */
  size(options?: FigureSize): { width: number; height: number }
  svg(options?: SvgOptions): string
  /** @throws {LobError} LOB_MISSING_PEER where `@resvg/resvg-js` is not installed. */
  png(options?: PngOptions): Promise<Uint8Array>
}
