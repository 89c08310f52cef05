import type { Figure } from '../figure.js'

/** A page of results. Every text is plain: markup in it is shown, not obeyed. */
export interface ReportContent {
  readonly title: string
  /** One line below the title: what was run, on what, when. */
  readonly subtitle?: string
  /** BCP 47 language of the texts. Default `en`. */
  readonly language?: string
  /** Shows the banner that the data are made up. Default: whether any figure is synthetic. */
  readonly synthetic?: boolean
  readonly sections: readonly ReportSection[]
  /** Last line of the page: version, command. */
  readonly footer?: string
}

export interface ReportSection {
  readonly heading: string
  readonly blocks: readonly ReportBlock[]
}

export type ReportBlock =
  | ReportText
  | ReportList
  | ReportFacts
  | ReportTable
  | ReportFigure
  | ReportNotice

/** Paragraphs, parted by empty lines. */
export interface ReportText {
  readonly kind: 'text'
  readonly text: string
}

export interface ReportList {
  readonly kind: 'list'
  readonly items: readonly string[]
}

/** Names and their values, such as a file and its hash. */
export interface ReportFacts {
  readonly kind: 'facts'
  readonly facts: readonly (readonly [name: string, value: string | number])[]
}

export interface ReportTable {
  readonly kind: 'table'
  readonly caption: string
  readonly columns: readonly ReportColumn[]
  /** One cell a column. Numbers are written by their column's `decimals`, NaN as a dash. */
  readonly rows: readonly (readonly (string | number)[])[]
}

export interface ReportColumn {
  /** With the unit. */
  readonly name: string
  /** `number` aligns at the right. Default `text`. */
  readonly align?: 'text' | 'number'
  /** Digits after the point. Default: four significant ones. */
  readonly decimals?: number
}

export interface ReportFigure {
  readonly kind: 'figure'
  readonly figure: Figure
}

export interface ReportNotice {
  readonly kind: 'notice'
  readonly tone: 'information' | 'warning'
  readonly text: string
}
