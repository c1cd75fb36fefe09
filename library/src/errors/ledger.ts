import { SpoorError } from "./base.ts";

/** A name that cannot be a ledger's. */
export class LedgerNameError extends SpoorError {
  constructor({ name }: { name: string }) {
    super({
      code: "ledger/name",
      what: `${JSON.stringify(name.slice(0, 80))} cannot name a ledger`,
      remedy: "Use 1 to 63 of the characters a-z, 0-9 and -, beginning with a letter or digit.",
      data: { name: name.slice(0, 80) },
    });
  }
}

export class LedgerNotFoundError extends SpoorError {
  constructor({ name, folder, known }: { name: string; folder: string; known: readonly string[] }) {
    super({
      code: "ledger/not-found",
      what: `There is no ledger ${name}`,
      where: folder,
      remedy: known.length === 0 ? "Ingest something into it first." : `This folder holds ${known.join(", ")}.`,
      data: { name, folder },
    });
  }
}

/** A ledger is of one network and either whole (made from blocks) or partial, for good. */
export class LedgerMismatchError extends SpoorError {
  constructor({ name, has, asked }: { name: string; has: string; asked: string }) {
    super({
      code: "ledger/mismatch",
      what: `The ledger ${name} is ${has}, what is given is ${asked}`,
      remedy: "Give it to a ledger of another name.",
      data: { name, has, asked },
    });
  }
}

/** A ledger has one writer at a time. */
export class LedgerBusyError extends SpoorError {
  constructor({ name }: { name: string }) {
    super({
      code: "ledger/busy",
      kind: "fault",
      what: `The ledger ${name} is being written already`,
      remedy: "Finish or abandon the writer that is open.",
      data: { name },
    });
  }
}

export class SchemaVersionError extends SpoorError {
  constructor({ name, version, versionMax }: { name: string; version: number; versionMax: number }) {
    super({
      code: "ledger/schema-version",
      what: `The ledger ${name} is stored in version ${version} of the schema, this program knows ${versionMax}`,
      remedy: "Use the newer program that wrote it, or ingest it again into another data folder.",
      data: { name, version, versionMax },
    });
  }
}

/** Another process owns the data folder. */
export class FolderInUseError extends SpoorError {
  constructor({ folder, pid, since }: { folder: string; pid: number; since: string }) {
    super({
      code: "ledger/folder-in-use",
      what: `The data folder is in use by process ${pid} since ${since}`,
      where: folder,
      remedy: "Wait until that process ends, stop it, or name another data folder.",
      data: { folder, pid, since },
    });
  }
}

/** The embedded engine keeps one data folder a process. */
export class OneFolderError extends SpoorError {
  constructor({ folder, open }: { folder: string; open: string }) {
    super({
      code: "ledger/one-folder",
      kind: "fault",
      what: `This process has the data folder ${open} open and can open no second one`,
      where: folder,
      remedy: "Close the first, or use another process.",
      data: { folder, open },
    });
  }
}

export class FolderNotWritableError extends SpoorError {
  constructor({ folder, why, cause }: { folder: string; why: string; cause?: unknown }) {
    super({
      code: "ledger/folder-not-writable",
      what: `The data folder cannot be written: ${why}`,
      where: folder,
      remedy: "Mend its permissions or the disk, or name another folder; what is stored stays as it is.",
      data: { folder, why },
      cause,
    });
  }
}

export class DiskFullError extends SpoorError {
  constructor({ folder, cause }: { folder: string; cause?: unknown }) {
    super({
      code: "ledger/disk-full",
      what: "The disk is full",
      where: folder,
      remedy: "Make room and run the same command again: what was stored before stays, and it goes on from there.",
      data: { folder },
      cause,
    });
  }
}

/** The engine refused or failed a query that Spoor wrote. */
export class StoreQueryError extends SpoorError {
  constructor({ sql, engine, cause }: { sql: string; engine: string; cause?: unknown }) {
    super({
      code: "ledger/query",
      kind: "fault",
      what: `The store failed: ${engine.slice(0, 600)}`,
      where: sql.slice(0, 200),
      remedy: "Run the same command again; where it fails again, report it with this message.",
      data: { sql: sql.slice(0, 200) },
      cause,
    });
  }
}

export class StoreMemoryError extends SpoorError {
  constructor({ limitBytes, cause }: { limitBytes: number; cause?: unknown }) {
    super({
      code: "ledger/memory",
      kind: "limit",
      what: `The store met its memory limit of ${Math.round(limitBytes / 1e6)} MB`,
      remedy: "Give the store more memory, or ask for less at once.",
      data: { limitBytes },
      cause,
    });
  }
}

/** What the tables hold is not what the journal says, and taking away unfinished work did not mend it. */
export class StoreDamagedError extends SpoorError {
  constructor({ name, table, has, expected }: { name: string; table: string; has: number; expected: number }) {
    super({
      code: "ledger/damaged",
      kind: "fault",
      what: `The ledger ${name} is damaged: its table ${table} holds ${has} rows, its journal says ${expected}`,
      remedy: "Ingest it again under another name; the sources are not touched.",
      data: { name, table, has, expected },
    });
  }
}

export class StoreClosedError extends SpoorError {
  constructor({ what }: { what: string }) {
    super({
      code: "ledger/closed",
      kind: "fault",
      what: `${what} was used after it was closed`,
      remedy: "Open it again.",
      data: { what },
    });
  }
}

/** A block that does not follow the ledger's newest one. */
export class BlockLinkError extends SpoorError {
  constructor(parts: { height: number; previous: string; tip: string; tipHeight: number }) {
    super({
      code: "ledger/block-link",
      what: `Block ${parts.height} follows ${parts.previous}, the ledger's newest block is ${parts.tip}`,
      where: `height ${parts.height}`,
      remedy: "The chain has another branch here: rewind the ledger to the last block that both share, then append.",
      data: parts,
    });
  }
}

export class BlockHeightError extends SpoorError {
  constructor({ height, next }: { height: number; next: number }) {
    super({
      code: "ledger/block-height",
      what:
        height < next ? `Block ${height} is stored already` : `Block ${height} leaves out the blocks from ${next} on`,
      where: `height ${height}`,
      remedy: `Append block ${next} next.`,
      data: { height, next },
    });
  }
}

export class RewindHeightError extends SpoorError {
  constructor({ height, tipHeight }: { height: number; tipHeight: number | null }) {
    super({
      code: "ledger/rewind-height",
      what: `There is nothing to rewind to at height ${height}`,
      where: tipHeight === null ? "the ledger is empty" : `the newest stored block is ${tipHeight}`,
      remedy: "Rewind to a height that is stored.",
      data: { height, tipHeight },
    });
  }
}

interface CoinAt {
  height: number;
  /** The transaction that spends, as displayed. */
  spender: string;
  txid: string;
  vout: number;
}

/** An input spends a coin that no earlier transaction of the chain made. */
export class MissingParentError extends SpoorError {
  constructor({ height, spender, txid, vout }: CoinAt) {
    super({
      code: "ledger/missing-parent",
      what: `Transaction ${spender} spends ${txid}:${vout}, which no transaction before it made`,
      where: `height ${height}`,
      remedy: "The blocks before it are incomplete or this block is not valid; the ledger ends before it.",
      data: { height, spender, txid, vout },
    });
  }
}

/** An input spends a coin that was spent before, or that can never be spent. */
export class CoinNotUnspentError extends SpoorError {
  constructor({ height, spender, txid, vout }: CoinAt) {
    super({
      code: "ledger/coin-not-unspent",
      what: `Transaction ${spender} spends ${txid}:${vout}, which was spent before or can never be spent`,
      where: `height ${height}`,
      remedy: "This block is not valid; the ledger ends before it.",
      data: { height, spender, txid, vout },
    });
  }
}

export class DuplicateTransactionError extends SpoorError {
  constructor({ height, txid }: { height: number; txid: string }) {
    super({
      code: "ledger/duplicate-transaction",
      what: `Transaction ${txid} stands a second time while coins of the first are unspent (BIP 30)`,
      where: `height ${height}`,
      remedy: "This block is not valid; the ledger ends before it.",
      data: { height, txid },
    });
  }
}

/** A transaction gives more than it takes, or a coinbase claims more than subsidy and fees. Satoshi. */
export class ValueCreatedError extends SpoorError {
  constructor({ height, txid, takes, gives }: { height: number; txid: string; takes: number; gives: number }) {
    super({
      code: "ledger/value-created",
      what: `Transaction ${txid} gives ${gives} satoshi and takes only ${takes}`,
      where: `height ${height}`,
      remedy: "This block is not valid; the ledger ends before it.",
      data: { height, txid, takes, gives },
    });
  }
}

/** More than the 2^32 coins that columns for tracing can number. */
export class TooManyCoinsError extends SpoorError {
  constructor({ outputs, outputsMax }: { outputs: number; outputsMax: number }) {
    super({
      code: "ledger/too-many-coins",
      kind: "limit",
      what: `The ledger has ${outputs} coins, ${outputsMax} can be loaded at once`,
      remedy: "Trace from given coins, so that only the part they reach is loaded.",
      data: { outputs, outputsMax },
    });
  }
}

/** A page cursor that this ledger did not give. */
export class CursorError extends SpoorError {
  constructor({ cursor }: { cursor: string }) {
    super({
      code: "ledger/cursor",
      what: `${JSON.stringify(cursor.slice(0, 40))} is not a page cursor`,
      remedy: "Give back the cursor of the page before, or none for the first page.",
      data: { cursor: cursor.slice(0, 40) },
    });
  }
}

/** An id that the ledger did not give. */
export class IdRangeError extends SpoorError {
  constructor({ what, id, count }: { what: string; id: number; count: number }) {
    super({
      code: "ledger/id-range",
      kind: "fault",
      what: `There is no ${what} ${id}: the ledger has ${count}`,
      remedy: "Use ids that this ledger gave.",
      data: { what, id, count },
    });
  }
}

/** The raw transaction cannot be read again where its block stood, or is not what was ingested. */
export class RawTransactionError extends SpoorError {
  constructor(parts: { txid: string; file: string; offset: number; why: string; cause?: unknown }) {
    const { cause, ...data } = parts;
    super({
      code: "ledger/raw-transaction",
      what: `The bytes of transaction ${parts.txid} cannot be had: ${parts.why}`,
      where: `${parts.file}, offset ${parts.offset}`,
      remedy: "Put the block file back where it was, or ingest the chain again.",
      data,
      cause,
    });
  }
}

/** Two sources tell different things of one transaction, or a transaction contradicts another (`other`, a txid). */
export class LooseConflictError extends SpoorError {
  constructor({ txid, other, source, why }: { txid: string; other: string | null; source: string; why: string }) {
    super({
      code: "ledger/loose-conflict",
      what: `Transaction ${txid} ${why}`,
      where: source,
      remedy: "Leave out the source that is wrong; nothing of this batch was stored.",
      data: { txid, other, source, why },
    });
  }
}

/** Transactions that spend one another in a circle cannot be. `circle`: their txids, separated by spaces. */
export class LooseCycleError extends SpoorError {
  constructor({ circle }: { circle: readonly string[] }) {
    super({
      code: "ledger/loose-cycle",
      what: `${circle.length} transactions depend on one another in a circle, ${circle[0]} among them`,
      remedy: "Leave out the source that is wrong; nothing of this batch was stored.",
      data: { circle: circle.join(" ") },
    });
  }
}
