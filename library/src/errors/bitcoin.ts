import { SpoorError } from "./base.ts";

/** Bytes that are not the block or transaction they should be. `offset` counts from the start of the bytes given. */
export class DecodeError extends SpoorError {
  constructor(data: { thing: "block" | "transaction" | "header"; why: string; offset: number }) {
    super({
      code: "bitcoin/decode",
      what: `The bytes are not a valid ${data.thing}: ${data.why}`,
      where: `offset ${data.offset}`,
      remedy: "Take the bytes from their source again; if they stay the same, the source is damaged.",
      data,
    });
  }
}

export class EncodeError extends SpoorError {
  constructor(data: { field: string; why: string }) {
    super({
      code: "bitcoin/encode",
      what: `The transaction cannot be serialised: its ${data.field} ${data.why}`,
      remedy: "Correct the field.",
      data,
    });
  }
}

/** A text that is not an address of the network. */
export class AddressError extends SpoorError {
  constructor(data: { address: string; network: string; why: string }) {
    super({
      code: "bitcoin/address",
      what: `"${data.address}" is not an address on ${data.network}: ${data.why}`,
      remedy: "Compare it with where it was copied from, and the network with the ledger's.",
      data,
    });
  }
}

export class UnknownNetworkError extends SpoorError {
  constructor(data: { name: string; known: string }) {
    super({
      code: "bitcoin/unknown-network",
      what: `"${data.name}" is not a network`,
      remedy: `Name one of ${data.known}.`,
      data,
    });
  }
}

/**
 * The best chain is not the one that was delivered before. `height` is that of the last block both have: go back to it
 * and ask for the blocks after it.
 */
export class ChainChangedError extends SpoorError {
  constructor(data: { source: string; height: number; why: string }) {
    super({
      code: "bitcoin/chain-changed",
      what: `The best chain changed above height ${data.height}: ${data.why}`,
      where: data.source,
      remedy: `Rewind to height ${data.height} and read on from there.`,
      data,
    });
  }
}

/** A header of a chain that breaks a rule of its network. */
export class HeaderRuleError extends SpoorError {
  constructor(data: { height: number; hash: string; network: string; why: string }) {
    super({
      code: "bitcoin/header-rule",
      what: `Block ${data.hash} breaks a rule of ${data.network}: ${data.why}`,
      where: `height ${data.height}`,
      remedy: "Ask another node; what was read before this block is kept.",
      data,
    });
  }
}

/** A path that has no block files, or files without a block. */
export class NoBlockFilesError extends SpoorError {
  constructor(data: { path: string; why: string }) {
    super({
      code: "bitcoin/no-block-files",
      what: `There are no blocks to read: ${data.why}`,
      where: data.path,
      remedy:
        "Name the folder of a Bitcoin Core node that holds blk00000.dat and the files after it, or one such file.",
      data,
    });
  }
}

/** Files whose blocks begin with the magic of no known network. */
export class UnknownMagicError extends SpoorError {
  constructor(data: { file: string; magic: string; known: string }) {
    super({
      code: "bitcoin/unknown-magic",
      what: `The file begins with ${data.magic}, which is the magic of no known network (${data.known})`,
      where: `${data.file}, offset 0`,
      remedy: "If the files came from Bitcoin Core 28 or later, put the xor.dat of their folder beside them.",
      data,
    });
  }
}

export class BlockFilesNetworkError extends SpoorError {
  constructor(data: { file: string; found: string; wanted: string }) {
    super({
      code: "bitcoin/block-files-network",
      what: `The blocks are of ${data.found}, and ${data.wanted} was asked for`,
      where: data.file,
      remedy: "Name the other network, or the folder of the right one.",
      data,
    });
  }
}

export class XorKeyError extends SpoorError {
  constructor(data: { file: string; size: number }) {
    super({
      code: "bitcoin/xor-key",
      what: `The key of the block files has ${data.size} bytes in place of 8`,
      where: data.file,
      remedy: "Copy xor.dat again from the node's blocks folder.",
      data,
    });
  }
}

/** Files without the first block of their network; `damaged` says why, where it is there and cannot be used. */
export class MissingGenesisError extends SpoorError {
  constructor(data: { path: string; network: string; firstFile: string; blocks: number; damaged: string | null }) {
    const pruned = data.firstFile === "blk00000.dat" ? "" : ` and begin with ${data.firstFile}`;
    const absent = `The files hold ${data.blocks} blocks${pruned}, but not the first block of ${data.network}`;
    const damaged = `The first block of ${data.network} is damaged: ${data.damaged}`;
    super({
      code: "bitcoin/missing-genesis",
      what: data.damaged === null ? absent : damaged,
      where: data.path,
      remedy: "Take all files from blk00000.dat on; a pruned node has deleted them and must download the chain again.",
      data,
    });
  }
}

/** A block file that cannot be opened or read, or became shorter while it was read. */
export class BlockFileReadError extends SpoorError {
  constructor(data: { file: string; offset: number; why: string }, cause?: unknown) {
    super({
      code: "bitcoin/block-file-read",
      what: `The file cannot be read: ${data.why}`,
      where: `${data.file}, offset ${data.offset}`,
      remedy: "See that it is there, may be read, and is not being changed; then start again.",
      data,
      cause,
    });
  }
}
