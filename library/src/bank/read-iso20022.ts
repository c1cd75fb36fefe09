import { IsoMessages } from "./iso-messages.ts";
import type { BankRecord, SetAside } from "./record.ts";
import { XmlFeed } from "./xml-feed.ts";

/** What is set aside is told one by one up to this number, and then counted: a list of millions helps nobody. */
export const setAsideMax = 10_000;

export interface IsoOptions {
  /** The file's name, as it stands in the records' sources. */
  readonly file: string;
  /** SHA-256 of the file, in hex; it must be known before its records are. */
  readonly sha256: string;
  /** Told of each message or transaction that is set aside, with the byte where it begins or is damaged. */
  readonly onSkipped?: (skipped: SetAside) => void;
}

/**
 * Reads ISO 20022 messages: pacs.002, .004, .008, .009; pain.001, .002, .013, .014; camt.029, .052 to .056, .110, .111, in
 * every version, with any prefix, with or without business application header (head.001), one or many in a file or an
 * envelope. Records come as soon as their transaction ends, in batches in the order of the file; memory is bounded by one
 * transaction, not by the file or message. What cannot be read, or is another message, is told to `onSkipped` with its
 * reason, and the rest is read.
 *
 * Document type declarations, entities of one's own, and what is beyond a limit (depthMax, attributesMax,
 * gapCharactersMax, heldElementsMax, heldCharactersMax, valueCharactersMax) are refused.
 *
 * @param input the bytes of the file, in chunks of any size, which must not be changed afterwards
 * @see ISO 20022 message definitions, https://www.iso20022.org
 */
export async function* readIso20022(
  input: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: IsoOptions,
): AsyncGenerator<BankRecord[]> {
  const reader = new IsoReader(options);
  for await (const bytes of input) {
    reader.push(bytes);
    const records = reader.take();
    if (records.length > 0) yield records;
  }
  reader.end();
  const records = reader.take();
  if (records.length > 0) yield records;
}

/** The same, pushed: for a caller that has the bytes already. */
export class IsoReader {
  readonly #options: IsoOptions;
  readonly #messages: IsoMessages;
  readonly #feed: XmlFeed;
  #records: BankRecord[] = [];
  #setAside = 0;

  constructor(options: IsoOptions) {
    this.#options = options;
    this.#messages = new IsoMessages({
      file: options.file,
      sha256: options.sha256,
      emit: (record) => this.#records.push(record),
      setAside: (offset, reason) => this.#skip(offset, reason),
      tagOffset: () => this.#feed.tagOffset(),
    });
    this.#feed = new XmlFeed(this.#messages);
  }

  push(bytes: Uint8Array): void {
    this.#feed.push(bytes);
  }

  end(): void {
    this.#feed.end();
    if (this.#messages.messages === 0 && this.#setAside === 0) this.#skip(0, "there is no ISO 20022 message in it");
    if (this.#setAside > setAsideMax) {
      this.#setAside = 0;
      const more = this.#leftOut;
      this.#skip(null, `${more} more messages and transactions were set aside, and are not listed`);
    }
  }

  /** The records since the last time. */
  take(): BankRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  #leftOut = 0;

  #skip(offset: number | null, reason: string): void {
    this.#setAside++;
    if (this.#setAside > setAsideMax) this.#leftOut++;
    else this.#options.onSkipped?.({ file: this.#options.file, offset, reason });
  }
}
