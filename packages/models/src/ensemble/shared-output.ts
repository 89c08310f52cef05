import { LobError, type OutputSpec, type Predictor } from '@rxlob/core'

/**
 * The one output that all members have.
 *
 * @throws {LobError} LOB_BAD_OPTION where there are fewer than two members, or their outputs differ.
 */
export function sharedOutput(name: string, members: readonly Predictor[]): OutputSpec {
  const [first, ...others] = members
  if (first === undefined || others.length === 0) throw new LobError('LOB_BAD_OPTION', `Option members: ${name} needs two members or more.`)
  const wanted = JSON.stringify(comparable(first.output))
  for (const { name: member, output } of others) {
    const got = JSON.stringify(comparable(output))
    if (got !== wanted) throw new LobError('LOB_BAD_OPTION', `Option members: ${name}: ${member} says ${got}, ${first.name} says ${wanted}; members answer one question.`)
  }
  return first.output
}

/** Numbers in an answer. */
export const outputWidth = (output: OutputSpec): number => (output.kind === 'classes' ? output.classes.length : 2)

const comparable = (output: OutputSpec): unknown => [output.kind, output.kind === 'classes' ? output.classes : output.unit, Object.entries(output.horizon)]
