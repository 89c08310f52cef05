import type { FontWeight } from '../text/font-file.js'

export interface Stroke {
  readonly color: string
  readonly width: number
  /** Pixels drawn and left out in turn. */
  readonly dash?: readonly number[]
  readonly round?: boolean
}

/** One thing drawn, in pixels of the picture. */
export type Element =
  | {
      readonly kind: 'path'
      /** SVG path data. */
      readonly path: string
      readonly fill?: string
      /** 0 to 1. Default 1. */
      readonly opacity?: number
      readonly stroke?: Stroke
    }
  | {
      readonly kind: 'text'
      readonly text: string
      readonly x: number
      /** The middle of the line. */
      readonly y: number
      readonly color: string
      readonly size: number
      readonly weight?: FontWeight
      readonly align?: 'left' | 'center' | 'right'
    }
  | { readonly kind: 'image'; readonly href: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number }
