import { SpoorError } from "../../errors/base.ts";
import type { BankBatch, BankFile, ByteSource } from "../bank-file.ts";
import type { BankRecord, SetAside } from "../record.ts";
import { confirmationOf } from "./mt-confirmation.ts";
import { findField } from "./mt-fields.ts";
import { type MtFrame, MtFrames } from "./mt-frames.ts";
import { type MtAcknowledgement, type MtMessage, parseMtMessage } from "./mt-message.ts";
import { orderOf } from "./mt-order.ts";
import { recallAnswerOf, recallOf, textOf } from "./mt-recall.ts";
import { statementOf } from "./mt-statement.ts";

/** Messages that are read before their records are handed on. */
const batchMessages = 64;

/**
 * Reads SWIFT MT messages: MT103 (REMIT, STP), MT202 and MT205 (COV), their returns and rejects (field 72), MT900, 910,
 * 940, 942, 950, requests for cancellation and answers (192, 292, 196, 296), and free text (199, 299, 999); in FIN
 * blocks, RJE, DOS-PCC, or as block 4 alone. Of a file of any size one piece and some messages are in memory.
 *
 * Nothing about the content is thrown: a message that is broken, unsupported, for training, or refused by the network
 * is in `skipped` with its number, line and reason, and the others are read. Places have the file's lines.
 *
 * @param input the bytes; pieces may be cut anywhere
 * @returns batches in the order of the file, each with something in it
 * @see SWIFT Standards MT, categories 1, 2, 9 and n; FIN blocks 1 to 5
 */
export async function* readMt(input: ByteSource, file: BankFile): AsyncGenerator<BankBatch> {
  const frames = new MtFrames(file.file);
  const reader = new MtReader(file);
  for await (const bytes of input instanceof Uint8Array ? [input] : input) {
    for (const found of frames.push(bytes)) {
      reader.take(found);
      if (reader.taken >= batchMessages) yield* reader.drain();
    }
  }
  for (const found of frames.end()) {
    reader.take(found);
    if (reader.taken >= batchMessages) yield* reader.drain();
  }
  reader.end();
  yield* reader.drain();
}

class MtReader {
  readonly #file: BankFile;
  #records: BankRecord[] = [];
  #skipped: SetAside[] = [];
  /** The network's word on the next message, and where it stands. */
  #acknowledgement: { readonly said: MtAcknowledgement; readonly frame: MtFrame } | null = null;

  constructor(file: BankFile) {
    this.#file = file;
  }

  /** Since the last batch. */
  taken = 0;

  take(found: MtFrame | SetAside): void {
    this.taken++;
    if ("reason" in found) {
      this.end();
      this.#skipped.push(found);
      return;
    }
    try {
      const message = parseMtMessage(found, this.#file.file, this.#file.sha256);
      if ("isTaken" in message) {
        this.end();
        this.#acknowledgement = { said: message, frame: found };
      } else {
        this.#read(message, found);
      }
    } catch (error) {
      if (!(error instanceof SpoorError)) throw error;
      this.#acknowledgement = null;
      this.#setAside(found, error.message);
    }
  }

  /** What was read since the last call, if anything was. */
  *drain(): Generator<BankBatch> {
    this.taken = 0;
    if (this.#records.length === 0 && this.#skipped.length === 0) return;
    const batch = { records: this.#records, skipped: this.#skipped };
    this.#records = [];
    this.#skipped = [];
    yield batch;
  }

  /** An acknowledgement with no message after it is of one that is not here. */
  end(): void {
    if (this.#acknowledgement === null) return;
    const { said, frame } = this.#acknowledgement;
    this.#acknowledgement = null;
    this.#setAside(frame, `an acknowledgement (${said.isTaken ? "ACK" : "NAK"}) of a message that does not follow it`);
  }

  #read(message: MtMessage, frame: MtFrame): void {
    const said = this.#acknowledgement?.said ?? null;
    this.#acknowledgement = null;
    if (said !== null && !said.isTaken) {
      const why = said.errorCode === null ? "" : ` (${said.errorCode})`;
      this.#setAside(frame, `MT${message.type ?? "?"}: the network refused it${why}, so it was never delivered`);
      return;
    }
    const reason = unusable(message);
    if (reason !== null) {
      this.#setAside(frame, reason);
      return;
    }
    for (const record of recordsOf(message, (text) => this.#setAside(frame, text))) this.#records.push(record);
  }

  #setAside({ offset, number, line }: MtFrame, reason: string): void {
    const where = `message ${number}, line ${line}`;
    this.#skipped.push({ file: this.#file.file, offset, reason: `${where}: ${reason}` });
  }
}

/** Why a message that could be taken apart is of no use; null where it is. */
function unusable({ type, fields }: MtMessage): string | null {
  if (type === null) {
    return fields.length === 0
      ? "it has no fields"
      : "it has no block 2, and its fields do not tell its type: give the message with its headers";
  }
  if (!supported.has(type)) return `MT${type} is not supported`;
  // CRTS: a credit transfer for test purposes.
  return findField(fields, "23B")?.value === "CRTS" ? "MT103 with 23B CRTS is a test, and moves nothing" : null;
}

const supported = new Set("103 202 205 900 910 940 942 950 192 292 196 296 199 299 999".split(" "));

function recordsOf(message: MtMessage, setAside: (reason: string) => void): readonly BankRecord[] {
  switch (message.type) {
    case "103":
    case "202":
    case "205":
      return [orderOf(message)];
    case "900":
    case "910":
      return confirmationOf(message);
    case "192":
    case "292":
      return [recallOf(message)];
    case "196":
    case "296":
      return [recallAnswerOf(message)];
    case "940":
    case "942":
    case "950": {
      const { records, refused } = statementOf(message);
      for (const reason of refused) setAside(reason);
      return records;
    }
    default:
      return [textOf(message)];
  }
}
