/** Values bound to the `{name:Type}` placeholders of a query, never spliced into its text. */
export type Parameters = Readonly<Record<string, string | number | bigint | readonly (number | bigint | string)[]>>;

/** A column on its way into a table, as ClickHouse's Native format lays it out. */
export interface ColumnBytes {
  readonly name: string;
  /** ClickHouse's name of the type, such as `UInt64` or `FixedString(32)`. */
  readonly type: string;
  /** Little-endian values one after another; for `String` each with its length as LEB128 before it. */
  readonly data: Uint8Array;
}

/** Runs statements one after another, in the order in which they are given. */
export interface Lane {
  /** Runs a statement that gives no rows. @throws StoreQueryError, StoreMemoryError, DiskFullError */
  run(sql: string, parameters?: Parameters): Promise<void>;
  /** The rows as objects. 64-bit integers are decimal strings, binary must be asked for as `hex(…)`. */
  rows<Row>(sql: string, parameters?: Parameters): Promise<Row[]>;
  /** The rows in ClickHouse's Native format: column after column, see `native-format.ts`. */
  native(sql: string, parameters?: Parameters): Promise<Uint8Array>;
  /**
   * Inserts rows given as columns; other columns of the table get their default. The buffers may be reused once the
   * promise is settled. Where the process dies meanwhile, any number of the rows may be there afterwards.
   */
  insert(table: string, rowCount: number, columns: readonly ColumnBytes[]): Promise<void>;
}

/**
 * A way to a ClickHouse: embedded in this process, or a server. The queries are the same for all; only the connection
 * knows how bytes travel.
 */
export interface Connection extends Lane {
  /** A second lane: its statements run beside those of this one, and see what those have done. */
  readonly beside: Lane;
  /** Waits for what is running and lets go of the store. */
  close(): Promise<void>;
}
