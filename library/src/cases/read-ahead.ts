/**
 * The same values, to be read once. The first is asked for now, not when the caller first asks. To be closed, as the
 * caller may never ask.
 */
export function readAhead<Value>(values: AsyncIterable<Value>): AsyncIterable<Value> & { close(): Promise<void> } {
  const iterator = values[Symbol.asyncIterator]();
  let first: Promise<IteratorResult<Value>> | null = iterator.next();
  // Whoever asks for it gets the error.
  first.catch(() => {});
  const close = async () => void (await iterator.return?.());
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        const next = first ?? iterator.next();
        first = null;
        return next;
      },
      return: async () => {
        await close();
        return { done: true, value: undefined };
      },
    }),
    close,
  };
}
