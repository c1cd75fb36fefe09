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
