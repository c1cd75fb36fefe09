import type { MoneyText, ReturnRecord, Side } from "../record.ts";
import { chargesOf, endsOf } from "./iso-credit-transfer.ts";
import { countTransactions, type Family, type IsoMessage, recordBase } from "./iso-message.ts";
import { originalOf, ownReferences, reasonOf } from "./iso-original.ts";
import { sideOf } from "./iso-parties.ts";
import { IsoReading } from "./iso-reading.ts";
import type { XmlNode } from "./xml-node.ts";

/** pacs.004: the money comes back. */
export const paymentReturn: Family = {
  handedOn: { OrgnlGrpInf: {}, TxInf: {} },
  begin(message) {
    let count = 0;
    let group: XmlNode | undefined;
    return {
      take(node) {
        if (node.name === "OrgnlGrpInf") {
          group = node;
          return;
        }
        count++;
        message.emit(returnOf(message, node, group));
      },
      end: () => countTransactions(message, count),
    };
  },
};

function returnOf(message: IsoMessage, node: XmlNode, group: XmlNode | undefined): ReturnRecord {
  const reading = new IsoReading();
  const header = message.root.child("GrpHdr");
  const returned = returnedMoney(reading, node);
  const times = node.child("SttlmTmIndctn");
  const chain = node.child("RtrChain");
  const clearing = node.child("ClrSysRef");
  return {
    kind: "return",
    references: ownReferences(message, { id: node.child("RtrId"), clearing }, reading),
    original: originalOf(node, [group, header], reading),
    returned,
    charges: chargesOf(node, reading),
    settlementDate: reading.date("settlementDate", node.child("IntrBkSttlmDt") ?? header?.child("IntrBkSttlmDt")),
    settlementTime: reading.instant("settlementTime", times?.child("CdtDtTm") ?? times?.child("DbtDtTm")),
    reason: reasonOf([...node.all("RtrRsnInf"), ...node.all("RtrRsn")], reading),
    debtor: chain === undefined ? null : sideOrNull(sideOf("debtor", endsOf(chain)[0], reading)),
    creditor: chain === undefined ? null : sideOrNull(sideOf("creditor", endsOf(chain)[1], reading)),
    ...recordBase(message, reading),
  };
}

/**
 * What was settled; else, where that amount says nothing (none, or zero of no currency), what was instructed to be
 * returned.
 */
function returnedMoney(reading: IsoReading, node: XmlNode): MoneyText {
  const settled = node.child("RtrdIntrBkSttlmAmt");
  const instructed = node.child("RtrdInstdAmt");
  const saysNothing = settled === undefined || (!settled.currency && /^[0.]*$/u.test(settled.text.trim()));
  if (!saysNothing) return reading.money("returned", settled)!;
  const money = reading.money("returned", instructed);
  if (money === null) {
    if (settled !== undefined) reading.money("returned", settled);
    throw reading.missing(node, "returned amount");
  }
  if (settled !== undefined) reading.note(settled, "says no amount; the instructed amount of the return is taken");
  return money;
}

function sideOrNull(side: Side): Side | null {
  return side.account === null && side.party === null && side.agent === null ? null : side;
}
