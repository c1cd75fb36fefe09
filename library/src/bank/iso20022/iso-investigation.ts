import type { TextRecord } from "../record.ts";
import { type Family, type IsoMessage, recordBase } from "./iso-message.ts";
import { originalOf } from "./iso-original.ts";
import { IsoReading, textOf } from "./iso-reading.ts";
import type { XmlNode } from "./xml-node.ts";

/** Words of one message that are kept. */
const wordsMax = 1000;

/** camt.110, a question about a payment, and camt.111, the answer: kept as text, with the payment that they name. */
export const investigation: Family = {
  handedOn: {},
  begin: (message) => ({ take: () => {}, end: () => message.emit(textRecord(message)) }),
};

function textRecord(message: IsoMessage): TextRecord {
  const reading = new IsoReading();
  const { root } = message;
  const request = innermost(root);
  const asked = root.child("OrgnlInvstgtnReq") ?? request;
  const original = asked.child("Undrlyg");
  const payment = originalOf(original?.child("IntrBk") ?? original ?? request, [], reading);
  const words: string[] = [];
  gather(root, words);
  return {
    kind: "text",
    references: {
      messageId: reading.text("references.messageId", request.child("MsgId")),
      instructionId: payment.instructionId,
      endToEndId: payment.endToEndId,
      transactionId: payment.transactionId,
      uetr: payment.uetr,
      clearingReference: null,
      related: asked === request ? payment.messageId : reading.text("references.related", asked.child("MsgId")),
    },
    text: words.join("\n"),
    ...recordBase(message, reading),
  };
}

/** The request itself has the name of the message; some programs write both, others one or a third. */
function innermost(root: XmlNode): XmlNode {
  let node = root;
  for (let inner = node.child(root.name); inner !== undefined; inner = node.child(root.name)) node = inner;
  return node;
}

/** Every value below the parties and references, as `Rsn/Cd: IN14`. */
function gather(node: XmlNode, words: string[]): void {
  if (words.length >= wordsMax || left.has(node.name)) return;
  const text = textOf(node);
  if (text !== null) words.push(`${node.parent === null ? "" : `${node.parent.name}/`}${node.name}: ${text}`);
  for (const child of node.children ?? []) gather(child, words);
}

const left = new Set(["Rqstr", "Rspndr", "Undrlyg", "MsgId", "CreDtTm"]);
