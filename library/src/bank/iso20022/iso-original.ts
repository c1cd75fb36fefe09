import type { Original, References } from "../record.ts";
import { type IsoMessage, messageId } from "./iso-message.ts";
import type { IsoReading } from "./iso-reading.ts";
import type { XmlNode } from "./xml-node.ts";

/**
 * Which payment a return, recall or status is about: the ids that the transaction repeats, and of its message those
 * that stand beside it or, for all transactions, above.
 */
export function originalOf(node: XmlNode, above: readonly (XmlNode | undefined)[], reading: IsoReading): Original {
  const group = node.child("OrgnlGrpInf") ?? above.find((one) => one?.child("OrgnlMsgId") !== undefined);
  const terms = node.child("OrgnlTxRef");
  return {
    messageId: reading.text("original.messageId", group?.child("OrgnlMsgId")),
    messageName: reading.text("original.messageName", group?.child("OrgnlMsgNmId")),
    instructionId: reading.text("original.instructionId", node.child("OrgnlInstrId")),
    endToEndId: reading.text("original.endToEndId", node.child("OrgnlEndToEndId")),
    transactionId: reading.text("original.transactionId", node.child("OrgnlTxId")),
    uetr: reading.text("original.uetr", node.child("OrgnlUETR")),
    money: reading.softMoney(
      "original.money",
      node.child("OrgnlIntrBkSttlmAmt") ??
        node.child("OrgnlInstdAmt") ??
        terms?.child("IntrBkSttlmAmt") ??
        terms?.at("Amt", "InstdAmt"),
    ),
    settlementDate: reading.date(
      "original.settlementDate",
      node.child("OrgnlIntrBkSttlmDt") ?? terms?.child("IntrBkSttlmDt"),
    ),
  };
}

/** The references of a message that is about another one. */
export function ownReferences(
  message: IsoMessage,
  { id, related, clearing }: Partial<Record<"id" | "related" | "clearing", XmlNode | undefined>>,
  reading: IsoReading,
): References {
  return {
    messageId: messageId(message, reading),
    instructionId: null,
    endToEndId: null,
    transactionId: reading.text("references.transactionId", id),
    uetr: null,
    clearingReference: reading.text("references.clearingReference", clearing),
    related: reading.text("references.related", related),
  };
}

/** The reason code, else what stands in its place; the words beside it become notes. */
export function reasonOf(nodes: readonly XmlNode[], reading: IsoReading): string | null {
  let reason: string | null = null;
  for (const node of nodes) {
    reason ??= reading.code("reason", node.child("Rsn") ?? node.child("RtrRsn") ?? node.child("CxlRsn"));
    for (const words of node.all("AddtlInf")) reading.tell(words);
    for (const words of node.all("AddtlStsRsnInf")) reading.tell(words);
  }
  return reason;
}
