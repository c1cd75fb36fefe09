import type { RecallAnswerRecord, RecallRecord } from "../record.ts";
import { type Family, type IsoMessage, recordBase } from "./iso-message.ts";
import { originalOf, ownReferences, reasonOf } from "./iso-original.ts";
import { IsoReading, textOf } from "./iso-reading.ts";
import type { XmlNode } from "./xml-node.ts";

/** camt.056, a bank asks another for its money back; camt.055, a customer asks its bank. */
export const recall: Family = {
  handedOn: { Undrlyg: { OrgnlGrpInfAndCxl: {}, OrgnlPmtInfAndCxl: { TxInf: {} }, TxInf: {} } },
  begin(message) {
    let group: XmlNode | undefined;
    let inGroup = 0;
    // A group that lists no transactions asks for all of its message.
    const askForAll = () => {
      if (group !== undefined && inGroup === 0) message.emit(recallOf(message, group, group));
      group = undefined;
      inGroup = 0;
    };
    return {
      take(node) {
        if (node.name === "TxInf") {
          inGroup++;
          message.emit(recallOf(message, node, node.parent!.name === "OrgnlPmtInfAndCxl" ? node.parent! : group));
        } else if (node.name === "OrgnlGrpInfAndCxl") group = node;
        else if (node.name === "Undrlyg") askForAll();
      },
      end: () => {},
    };
  },
};

function recallOf(message: IsoMessage, node: XmlNode, above: XmlNode | undefined): RecallRecord {
  const reading = new IsoReading();
  const group = above?.child("OrgnlGrpInf") ?? above;
  const id = node.child("CxlId") ?? node.child("GrpCxlId");
  const related = node.at("Case", "Id") ?? message.root.at("Case", "Id");
  return {
    kind: "recall",
    references: ownReferences(message, { id, related }, reading),
    original: originalOf(node, [group], reading),
    reason: reasonOf([...node.all("CxlRsnInf"), ...(above === node ? [] : (above?.all("CxlRsnInf") ?? []))], reading),
    ...recordBase(message, reading),
  };
}

/**
 * camt.029: the answer to a recall, of each transaction or of the whole. What an answer says that is neither yes nor no
 * is `pending`, with its code.
 */
export const recallAnswer: Family = {
  handedOn: { CxlDtls: { OrgnlGrpInfAndSts: {}, OrgnlPmtInfAndSts: { TxInfAndSts: {} }, TxInfAndSts: {} } },
  begin(message) {
    let group: XmlNode | undefined;
    let count = 0;
    return {
      take(node) {
        if (node.name === "TxInfAndSts") {
          count++;
          message.emit(answerOf(message, node, group));
        } else if (node.name === "OrgnlGrpInfAndSts") {
          group = node;
          if (textOf(node.child("GrpCxlSts")) === null) return;
          count++;
          message.emit(answerOf(message, node, node));
        }
      },
      end() {
        if (count === 0) message.emit(answerOf(message, message.root, group));
      },
    };
  },
};

function answerOf(message: IsoMessage, node: XmlNode, above: XmlNode | undefined): RecallAnswerRecord {
  const reading = new IsoReading();
  const { root } = message;
  const related = node.at("RslvdCase", "Id") ?? root.at("RslvdCase", "Id") ?? root.at("Case", "Id");
  const own = reading.code("answer", node.child("TxCxlSts") ?? node.child("GrpCxlSts"));
  const ofAll = root.child("Sts");
  const isRejected = ofAll?.child("RjctdMod") !== undefined || ofAll?.child("RjctdCxl") !== undefined;
  const code = own ?? reading.code("answer", ofAll?.child("Conf")) ?? (isRejected ? "RJCT" : null);
  const reason = reasonOf([...node.all("CxlStsRsnInf"), ...(ofAll?.all("RjctdCxl") ?? [])], reading);
  if (reason !== null && code !== null) reading.notes.push(`${reading.places.reason}: ${reason}`);
  return {
    kind: "recall-answer",
    references: ownReferences(message, { id: node.child("CxlStsId"), related }, reading),
    original: originalOf(node === root ? (above ?? node) : node, [above], reading),
    answer: answers.get(code ?? "") ?? "pending",
    code,
    ...recordBase(message, reading),
  };
}

/** ISO's cancellation statuses, and the confirmations of an investigation that say the same. */
const answers = new Map<string, RecallAnswerRecord["answer"]>(
  Object.entries({
    ACCR: "accepted",
    CNCL: "accepted",
    RJCR: "rejected",
    RJCT: "rejected",
    PDCR: "pending",
    CWFW: "pending",
  } as const),
);
