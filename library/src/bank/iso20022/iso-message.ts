import type { Instant } from "../../money/instant.ts";
import type { BankRecord, Source } from "../record.ts";
import type { IsoReading } from "./iso-reading.ts";
import type { XmlNode } from "./xml-node.ts";

/** A message that is being read. */
export interface IsoMessage {
  /** `pacs.008.001.08`; `pacs.008` where no version is given. */
  readonly name: string;
  readonly source: Source;
  /** The element below `Document`. */
  readonly root: XmlNode;
  /** When the business application header says that it was made. */
  readonly headerCreated: XmlNode | undefined;
  readonly emit: (record: BankRecord) => void;
  /** Sets a part of the message aside. */
  readonly setAside: (node: XmlNode, reason: string) => void;
}

/** Which children are handed on when they end, and are then forgotten; those of those, in turn. */
export interface HandedOn {
  readonly [name: string]: HandedOn;
}

/** Reads one message: what is handed on, each as it ends, and then the end of the message. */
export interface MessageReader {
  /** @throws BankValueError where it cannot be used; it is then set aside, and the message is read on */
  take(node: XmlNode): void;
  end(): void;
}

export interface Family {
  readonly handedOn: HandedOn;
  readonly begin: (message: IsoMessage) => MessageReader;
}

/** What every record has, once its values are read. */
export function recordBase(
  message: IsoMessage,
  reading: IsoReading,
): { source: Source; places: Record<string, string>; message: string; created: Instant | null; notes?: string[] } {
  const { root } = message;
  const own = root.at("GrpHdr", "CreDtTm") ?? root.at("GrpHdr", "CreDt") ?? root.at("Assgnmt", "CreDtTm");
  const created = reading.instant("created", own ?? message.headerCreated);
  const base = { source: message.source, places: reading.places, message: message.name, created };
  return reading.notes.length === 0 ? base : { ...base, notes: reading.notes };
}

/** The id of the message itself. */
export function messageId(message: IsoMessage, reading: IsoReading): string | null {
  const { root } = message;
  const assignment = root.child("Assgnmt");
  return reading.firstText("references.messageId", root.at("GrpHdr", "MsgId"), assignment?.child("Id"));
}

/** Counts what was handed on, and says so where the message says another number. */
export function countTransactions(message: IsoMessage, counted: number): void {
  const said = message.root.at("GrpHdr", "NbOfTxs");
  if (said === undefined || Number(said.text) === counted) return;
  message.setAside(said, `it says that it has ${said.text.trim().slice(0, 20)} transactions, and it has ${counted}`);
}
