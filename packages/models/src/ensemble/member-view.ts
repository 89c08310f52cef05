import { LobError, type FeatureWindow, type InputSpec, type Predictor } from '@rxlob/core'

/** The ensemble's window as a member wants it. What it gives is lent until the next call. */
export type MemberView = (window: FeatureWindow) => FeatureWindow

/**
 * Cuts a member's window out of the ensemble's: its columns, the newest of the rows, its scaling.
 *
 * A member with a scaler reads an ensemble without one: its columns are scaled here, after they were cast to floats.
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH where the ensemble's input lacks a column, rows or a feature, samples otherwise, or is scaled otherwise.
 */
export function memberView(name: string, { input: own, name: member }: Pick<Predictor, 'input' | 'name'>, input: InputSpec): MemberView {
  const refuse = (what: string): never => {
    throw new LobError('LOB_COLUMN_MISMATCH', `${name}: member ${member} ${what}; make the ensemble's input with every member's features, its sampler and the longest window.`)
  }
  const places = own.columns.map((column) => input.columns.indexOf(column))
  const missing = places.indexOf(-1)
  if (missing >= 0) refuse(`reads the column ${own.columns[missing]}, which the ensemble's input does not have`)
  const stranger = own.fingerprints.find((fingerprint) => !input.fingerprints.includes(fingerprint))
  if (stranger !== undefined) refuse(`was made with the feature ${stranger}, which the ensemble's input does not have`)
  if (own.sampler !== input.sampler) refuse(`samples ${own.sampler}, the ensemble ${input.sampler}`)
  if (own.length > input.length) refuse(`needs windows of ${own.length} rows, the ensemble has ${input.length}`)
  if (input.scaler !== undefined) {
    const { mean, scale } = input.scaler
    const alike = places.every((place, j) => own.scaler?.mean[j] === mean[place] && own.scaler?.scale[j] === scale[place])
    if (!alike) refuse('is scaled otherwise than the ensemble')
  }
  const scaler = input.scaler === undefined ? own.scaler : undefined
  const width = input.columns.length
  const whole = own.length === input.length && places.length === width && places.every((place, j) => place === j)
  if (whole && scaler === undefined) return (window) => window

  const data = new Float32Array(own.length * places.length)
  const shape = [own.length, places.length] as const
  const skip = (input.length - own.length) * width
  return (window) => {
    for (let row = 0, at = 0; row < own.length; row++) {
      for (let j = 0; j < places.length; j++, at++) {
        const value = window.data[skip + row * width + places[j]!]!
        data[at] = scaler === undefined ? value : (value - scaler.mean[j]!) / scaler.scale[j]!
      }
    }
    return { ...window, data, shape }
  }
}
