import type { Connection, Lane } from "./connection.ts";

/**
 * Runs two pieces of work at once, each on a lane of its own, and waits for both, whatever happens to one: a statement
 * that went on would meet tables that somebody drops.
 */
export async function inTwoLanes<One, Other>(
  { connection, beside }: { readonly connection: Lane; readonly beside: Lane },
  one: (lane: Lane) => Promise<One>,
  other: (lane: Lane) => Promise<Other>,
): Promise<[One, Other]> {
  const [first, second] = await Promise.allSettled([one(connection), other(beside)]);
  if (first.status === "rejected") throw first.reason;
  if (second.status === "rejected") throw second.reason;
  return [first.value, second.value];
}

/** Does what is to be done of several things of which none needs another. */
export async function eachInTwoLanes<Thing>(
  connection: Connection,
  things: Iterable<Thing>,
  work: (lane: Lane, thing: Thing) => Promise<void>,
): Promise<void> {
  const left = Iterator.from(things);
  const take = async (lane: Lane) => {
    for (let next = left.next(); next.done !== true; next = left.next()) await work(lane, next.value);
  };
  await inTwoLanes({ connection, beside: connection.beside }, take, take);
}

/** Runs statements of which none needs another. */
export function runInTwoLanes(connection: Connection, statements: readonly string[]): Promise<void> {
  return eachInTwoLanes(connection, statements, (lane, sql) => lane.run(sql));
}
