import { MtMessageError } from "../../errors/bank-mt.ts";
import type { Instant } from "../../money/instant.ts";
import { bicOfTerminal } from "../bic.ts";
import type { Agent, Source } from "../record.ts";
import { mtDate, mtInstant } from "./mt-date.ts";
import { type MtField, mtFields } from "./mt-fields.ts";
import type { MtFrame } from "./mt-frames.ts";
import { mtTypeOf, noPreamble, preambleOf } from "./mt-type.ts";

/** A FIN message taken apart: what its headers say, and the fields of its text. */
export interface MtMessage {
  /** Three digits; null where it has no header and its fields do not tell. */
  readonly type: string | null;
  /** Block 3, field 119: `COV`, `REMIT`, `STP`. */
  readonly flavour: string | null;
  readonly sender: Agent | null;
  readonly receiver: Agent | null;
  /** Where the two stand, for places. */
  readonly senderPlace: string;
  readonly receiverPlace: string;
  readonly uetr: string | null;
  readonly created: Instant | null;
  readonly line: number;
  readonly fields: readonly MtField[];
  readonly source: Source;
  /** What a person should know of the message as a whole. */
  readonly notes: string[];
}

/** The network's word on the message that follows: taken (ACK) or refused (NAK). */
export interface MtAcknowledgement {
  readonly isTaken: boolean;
  /** `H50`, `T13002`: why it was refused. */
  readonly errorCode: string | null;
}

interface Blocks {
  readonly headers: string;
  readonly body: string;
  /** Lines before the body. */
  readonly linesBefore: number;
  readonly trailers: string;
}

/**
 * Takes a message apart.
 *
 * @throws MtMessageError where it is none that can be used: binary, without text, for training
 * @see SWIFT User Handbook, FIN: blocks 1 to 5
 */
export function parseMtMessage(frame: MtFrame, file: string, sha256: string): MtMessage | MtAcknowledgement {
  const notes: string[] = [];
  const text = readable(frame, notes);
  if (text.startsWith("{1:F21")) return acknowledgement(text);
  const { headers, body, linesBefore, trailers } = blocksOf(text, frame);
  if (trailers.includes("{TNG:")) throw refuse(frame, "is marked as training, so it moves nothing", "Leave it out.");
  if (/\{PD[EM][:}]/u.test(trailers)) notes.push("block 5: marked as a possible duplicate");
  const fields = mtFields(body, frame.line + linesBefore);
  const preamble =
    headers === "" && fields[0] !== undefined && fields[0].line > frame.line ? preambleOf(body) : noPreamble;
  const application = applicationHeader(headers);
  const type = application?.type ?? preamble.type ?? mtTypeOf(fields);
  const user = userHeader(headers, notes);
  const basic = headers.indexOf("{1:F01");
  const own = basic < 0 ? agentOf(preamble.bic) : agentOf(bicOfTerminal(headers.slice(basic + 6, basic + 18)));
  const isOutput = application?.isOutput === true;
  return {
    type: type === null ? null : type.slice(0, 3),
    flavour: user.flavour ?? (type?.endsWith("COV") === true ? "COV" : null),
    sender: isOutput ? application.other : own,
    receiver: isOutput ? own : (application?.other ?? null),
    senderPlace: basic < 0 ? "before the first field" : `block ${isOutput ? 2 : 1}`,
    receiverPlace: `block ${isOutput ? 1 : 2}`,
    uetr: user.uetr,
    created: application?.created ?? null,
    line: frame.line,
    fields,
    source: { file, sha256, message: frame.number },
    notes,
  };
}

const refuse = ({ line }: MtFrame, why: string, remedy?: string) =>
  new MtMessageError({ type: null, line, why, ...(remedy === undefined ? {} : { remedy }) });

const agentOf = (bic: string | null): Agent | null => (bic === null ? null : { bic, clearing: null, name: null });

const utf8 = new TextDecoder("utf-8", { fatal: true });
const windows1252 = new TextDecoder("windows-1252");

const unusualCharacter = /[^\n\r\t\u0020-\u007e]/;

/** SWIFT's characters are ASCII; what banks' own programs add is read as UTF-8, or else as Windows-1252. */
function readable(frame: MtFrame, notes: string[]): string {
  const { text } = frame;
  if (!unusualCharacter.test(text)) return text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const binary = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u.exec(text);
  if (binary !== null) {
    const code = text.charCodeAt(binary.index).toString(16).padStart(2, "0");
    throw refuse(frame, `holds the byte 0x${code} at offset ${frame.offset + binary.index}, which is no text`);
  }
  const bytes = Buffer.from(text, "latin1");
  try {
    const decoded = utf8.decode(bytes);
    notes.push("it holds letters that SWIFT does not have; read as UTF-8");
    return decoded;
  } catch {
    notes.push("it holds letters that SWIFT does not have; read as Windows-1252");
    return windows1252.decode(bytes);
  }
}

function blocksOf(text: string, frame: MtFrame): Blocks {
  if (!text.startsWith("{")) {
    const end = /\n-\}?[\s$]*$/u.exec(text.slice(-20));
    const body = end === null ? text : text.slice(0, Math.max(0, text.length - 20) + end.index);
    return { headers: "", body, linesBefore: 0, trailers: "" };
  }
  const from = text.indexOf("{4:");
  const end = text.indexOf("\n-}", from);
  if (from < 0 || end < 0) throw refuse(frame, "has no text (block 4)");
  const bodyFrom = afterLineEnd(text, from + 3);
  let linesBefore = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < bodyFrom; at = text.indexOf("\n", at + 1)) linesBefore++;
  const body = bodyFrom < end ? text.slice(bodyFrom, end) : "";
  return { headers: text.slice(0, from), body, linesBefore, trailers: text.slice(end + 3) };
}

function afterLineEnd(text: string, at: number): number {
  const next = text.charCodeAt(at) === 0x0d ? at + 1 : at;
  return text.charCodeAt(next) === 0x0a ? next + 1 : at;
}

/** Service message 21: `{1:F21…}{4:{177:…}{451:0}{405:…}}`. */
function acknowledgement(text: string): MtAcknowledgement {
  const value = (tag: string) => new RegExp(`\\{${tag}:([^{}]{0,20})\\}`, "u").exec(text)?.[1] ?? null;
  return { isTaken: value("451") === "0", errorCode: value("405") };
}

interface ApplicationHeader {
  readonly type: string;
  readonly isOutput: boolean;
  readonly other: Agent | null;
  readonly created: Instant | null;
}

/** `I103BANKDEFFXXXXN` to the network, `O1031200160204BANKBEBBAXXX22221234561602041201N` from it. */
function applicationHeader(headers: string): ApplicationHeader | null {
  const at = headers.indexOf("{2:");
  if (at < 0) return null;
  const direction = headers[at + 3];
  const type = headers.slice(at + 4, at + 7);
  if ((direction !== "I" && direction !== "O") || !/^\d{3}$/u.test(type)) return null;
  const isOutput = direction === "O";
  const terminal = isOutput ? at + 17 : at + 7;
  const other = agentOf(bicOfTerminal(headers.slice(terminal, terminal + 12)));
  const created = isOutput
    ? mtInstant(mtDate(headers.slice(at + 11, at + 17)), headers.slice(at + 7, at + 11), "")
    : null;
  return { type, isOutput, other, created };
}

const uetrPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;

/** Block 3: the flavour (119) and the unique end-to-end transaction reference (121). */
function userHeader(headers: string, notes: string[]): { flavour: string | null; uetr: string | null } {
  const at = headers.indexOf("{3:");
  if (at < 0) return { flavour: null, uetr: null };
  const given = valueIn(headers, at, "{121:");
  const uetr = given !== null && uetrPattern.test(given.toLowerCase()) ? given.toLowerCase() : null;
  if (given !== null && uetr === null) notes.push(`block 3 {121:}: ${given.slice(0, 60)} is no UETR`);
  return { flavour: valueIn(headers, at, "{119:"), uetr };
}

function valueIn(headers: string, from: number, tag: string): string | null {
  const at = headers.indexOf(tag, from);
  const end = headers.indexOf("}", at);
  return at < 0 || end < 0 ? null : headers.slice(at + tag.length, end);
}

/** For a field that every message of this type has. */
export const missing = ({ type, line }: MtMessage, what: string): MtMessageError =>
  new MtMessageError({ type, line, why: `has no field ${what}` });
