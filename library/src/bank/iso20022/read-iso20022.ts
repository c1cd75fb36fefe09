import type { BankBatch, BankFile, ByteSource } from "../bank-file.ts";
import type { BankRecord, SetAside } from "../record.ts";
import { beginnings } from "./iso-families.ts";
import { IsoMessages } from "./iso-messages.ts";
import { XmlFeed } from "./xml-feed.ts";

/** What is set aside is told one by one up to this number, and then counted: a list of millions helps nobody. */
export const setAsideMax = 10_000;

/**
 * Reads ISO 20022 messages: pacs.002, .004, .008, .009; pain.001, .002, .013, .014; camt.029, .052 to .056, .110,
 * .111, in every version, with any prefix, with or without business application header (head.001), one or many in a
 * file or an envelope. Records come as soon as their transaction ends; memory is bounded by one transaction, not by
 * the message or file. What cannot be read, or is another message, is in `skipped` with its byte and reason, and the
 * rest is read.
 *
 * Document type declarations, entities of one's own, and what is beyond a limit (depthMax, attributesMax,
 * gapCharactersMax, heldElementsMax, heldCharactersMax, valueCharactersMax) are refused. Nothing about the content is
 * thrown.
 *
 * @param input the bytes; pieces may be cut anywhere, and must not be changed afterwards
 * @returns batches in the order of the file, each with something in it
 * @see ISO 20022 message definitions, https://www.iso20022.org
 */
export async function* readIso20022(input: ByteSource, file: BankFile): AsyncGenerator<BankBatch> {
  const reader = new IsoReader(file);
  for await (const bytes of input instanceof Uint8Array ? [input] : input) yield* reader.push(bytes);
  yield* reader.end();
}

/** Bytes that are read before their records are handed on. */
const batchBytes = 1 << 16;

class IsoReader {
  readonly #messages: IsoMessages;
  readonly #feed: XmlFeed;
  readonly #file: string;
  #records: BankRecord[] = [];
  #skipped: SetAside[] = [];
  #setAside = 0;
  #leftOut = 0;

  constructor({ file, sha256 }: BankFile) {
    this.#file = file;
    this.#messages = new IsoMessages({
      file,
      sha256,
      emit: (record) => this.#records.push(record),
      setAside: (offset, reason) => this.#skip(offset, reason),
      tagOffset: () => this.#feed.tagOffset(),
    });
    this.#feed = new XmlFeed(this.#messages, { beginnings });
  }

  *push(bytes: Uint8Array): Generator<BankBatch> {
    for (let at = 0; at < bytes.length; at += batchBytes) {
      this.#feed.push(bytes.subarray(at, at + batchBytes));
      yield* this.#drain();
    }
  }

  *end(): Generator<BankBatch> {
    this.#feed.end();
    if (this.#messages.messages === 0 && this.#setAside === 0) this.#skip(0, "there is no ISO 20022 message in it");
    if (this.#leftOut > 0) {
      const reason = `${this.#leftOut} more messages and transactions were set aside, and are not listed`;
      this.#skipped.push({ file: this.#file, offset: null, reason });
    }
    yield* this.#drain();
  }

  *#drain(): Generator<BankBatch> {
    if (this.#records.length === 0 && this.#skipped.length === 0) return;
    const batch = { records: this.#records, skipped: this.#skipped };
    this.#records = [];
    this.#skipped = [];
    yield batch;
  }

  #skip(offset: number | null, reason: string): void {
    if (++this.#setAside > setAsideMax) this.#leftOut++;
    else this.#skipped.push({ file: this.#file, offset, reason });
  }
}
