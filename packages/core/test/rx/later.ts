import type { TestScheduler } from 'rxjs/testing'

/** A promise in the scheduler's virtual time: it settles, and calls back, so many frames from when it is listened to. */
export const later = <T>(scheduler: TestScheduler, frames: number, answer: () => T): Promise<T> =>
  ({
    // oxlint-disable-next-line unicorn/no-thenable -- real promises know no virtual time
    then: (done: (value: T) => void) => void scheduler.schedule(() => done(answer()), frames),
  }) as unknown as Promise<T>
