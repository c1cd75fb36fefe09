import type { StatusRecord, TextRecord } from "../record.ts";
import { type Family, type IsoMessage, recordBase } from "./iso-message.ts";
import { originalOf, ownReferences, reasonOf } from "./iso-original.ts";
import { IsoReading, textOf } from "./iso-reading.ts";
import type { XmlNode } from "./xml-node.ts";

/**
 * pacs.002, pain.002, pain.014: what became of orders, of each transaction or of a whole message. The status of a
 * payment information block (a batch inside of pain.001) that lists no transactions becomes a text: the records of
 * orders do not say to which block they belonged.
 */
export const statusReport: Family = {
  handedOn: { OrgnlGrpInfAndSts: {}, OrgnlPmtInfAndSts: { TxInfAndSts: {} }, TxInfAndSts: {} },
  begin(message) {
    let groups: XmlNode[] = [];
    let inBlock = 0;
    return {
      take(node) {
        if (node.name === "OrgnlPmtInfAndSts") {
          if (inBlock === 0) message.emit(blockStatus(message, node));
          inBlock = 0;
          return;
        }
        if (node.name === "OrgnlGrpInfAndSts") {
          groups = [node];
          if (textOf(node.child("GrpSts")) === null) return;
        } else if (node.parent!.name === "OrgnlPmtInfAndSts") inBlock++;
        message.emit(statusOf(message, node, groups));
      },
      end: () => {},
    };
  },
};

function statusOf(message: IsoMessage, node: XmlNode, groups: readonly XmlNode[]): StatusRecord {
  const reading = new IsoReading();
  const isGroup = node.name === "OrgnlGrpInfAndSts";
  const status = reading.code("status", node.child(isGroup ? "GrpSts" : "TxSts"));
  if (status === null) throw reading.missing(node, "status");
  const own = originalOf(node, isGroup ? [node] : groups, reading);
  const effective = node.child("FctvIntrBkSttlmDt");
  const settlementDate = own.settlementDate ?? reading.date("original.settlementDate", effective);
  const reason = reasonOf([...node.all("StsRsnInf")], reading);
  reading.tell(node.child("ClrSysRef"));
  return {
    kind: "status",
    original: { ...own, settlementDate },
    status,
    reason,
    ...recordBase(message, reading),
  };
}

function blockStatus(message: IsoMessage, node: XmlNode): TextRecord {
  const reading = new IsoReading();
  const references = ownReferences(message, { related: node.child("OrgnlPmtInfId") }, reading);
  const status = reading.code("text", node.child("PmtInfSts")) ?? "no status";
  const reason = reasonOf(node.all("StsRsnInf"), reading);
  const told = reason === null ? status : `${status}, ${reason}`;
  const text = `Payment information ${references.related ?? "without an id"}: ${told}`;
  return { kind: "text", references, text, ...recordBase(message, reading) };
}
