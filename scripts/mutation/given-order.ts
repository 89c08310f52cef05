import type { TestSequencer, TestSpecification } from 'vitest/node'

/** Test files in the order in which they were asked for: left alone, vitest begins with the largest, and a mutant that any test kills would run through the slow ones first. */
export function givenOrder(paths: readonly string[]): new () => TestSequencer {
  const placeOf = ({ moduleId }: TestSpecification): number => paths.findIndex((path) => moduleId.endsWith(path))
  return class {
    shard = (files: TestSpecification[]): TestSpecification[] => files
    sort = (files: TestSpecification[]): TestSpecification[] => files.toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}
