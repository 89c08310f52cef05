import { Observable, Subscriber, type OperatorFunction } from 'rxjs'

/** What an operator does with what comes from its source. What it throws ends the stream as an error. */
export interface Operation<In> {
  next(value: In): void
  /** Left out, an error is passed on at once. */
  error?(error: unknown): void
  /** Left out, the end is passed on at once. */
  complete?(): void
  /** Runs once when the stream is over: ended, failed or unsubscribed. */
  stop?(): void
}

/** An operator from a function called once a subscription. */
export function operate<In, Out>(start: (subscriber: Subscriber<Out>) => Operation<In>): OperatorFunction<In, Out> {
  return (source) =>
    new Observable<Out>((subscriber) => {
      const operation = start(subscriber)
      const attempt = (run: () => void): void => {
        try {
          run()
        } catch (error) {
          subscriber.error(error)
        }
      }
      // A Subscriber, chained before it subscribes: a source that emits while being subscribed must see `take(1)` and errors too.
      const reader = new Subscriber<In>({
        next(value) {
          try {
            operation.next(value)
          } catch (error) {
            subscriber.error(error)
          }
        },
        error: (error: unknown) => (operation.error === undefined ? subscriber.error(error) : attempt(() => operation.error!(error))),
        complete: () => (operation.complete === undefined ? subscriber.complete() : attempt(() => operation.complete!())),
      })
      subscriber.add(reader)
      subscriber.add(() => operation.stop?.())
      if (!subscriber.closed) source.subscribe(reader)
    })
}
