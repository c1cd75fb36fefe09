import type { MoneyText, OrderRecord } from "../record.ts";
import { endsOf, paymentReferences } from "./iso-credit-transfer.ts";
import { countTransactions, type Family, type IsoMessage, recordBase } from "./iso-message.ts";
import { agentOf, partyOf, sideOf } from "./iso-parties.ts";
import { IsoReading } from "./iso-reading.ts";
import type { XmlNode } from "./xml-node.ts";

/**
 * pain.001: a customer orders its bank to pay. pain.013: a payee asks that it be paid (a request to pay, a drawdown).
 * In both the debtor stands once for many transactions.
 */
export const initiation: Family = {
  handedOn: { PmtInf: { CdtTrfTxInf: {}, CdtTrfTx: {} } },
  begin(message) {
    let count = 0;
    return {
      take(node) {
        if (node.name === "PmtInf") return;
        count++;
        message.emit(orderOf(message, node));
      },
      end: () => countTransactions(message, count),
    };
  },
};

function orderOf(message: IsoMessage, node: XmlNode): OrderRecord {
  const reading = new IsoReading();
  const payment = node.parent!;
  const instructed = instructedMoney(reading, node.child("Amt"));
  if (instructed === null) throw reading.missing(node, "amount");
  const [debtor] = endsOf(payment);
  const [, creditor] = endsOf(node);
  const intermediaries = [];
  for (const name of ["IntrmyAgt1", "IntrmyAgt2", "IntrmyAgt3"]) {
    const agent = agentOf(`intermediaries.${intermediaries.length}`, node.child(name), reading);
    if (agent !== null) intermediaries.push(agent);
  }
  const order: Omit<OrderRecord, "source" | "places" | "message" | "created"> = {
    kind: "order",
    level: "initiation",
    references: {
      ...paymentReferences(message, node.child("PmtId"), reading),
      related: reading.text("references.related", payment.child("PmtInfId")),
    },
    settled: null,
    instructed,
    exchangeRate: reading.text("exchangeRate", node.at("XchgRateInf", "XchgRate")),
    settlementDate: reading.date("settlementDate", payment.child("ReqdExctnDt")),
    settlementTime: null,
    debtor: sideOf("debtor", debtor, reading),
    creditor: sideOf("creditor", creditor, reading),
    ultimateDebtor: partyOf("ultimateDebtor", node.child("UltmtDbtr") ?? payment.child("UltmtDbtr"), reading),
    ultimateCreditor: partyOf("ultimateCreditor", node.child("UltmtCdtr"), reading),
    instructing: null,
    instructedAgent: agentOf("instructedAgent", message.root.at("GrpHdr", "FwdgAgt"), reading),
    intermediaries,
    chargeBearer: reading.firstText("chargeBearer", node.child("ChrgBr"), payment.child("ChrgBr")),
    charges: [],
    remittance: reading.remittance(node.child("RmtInf")),
    purpose: reading.code(
      "purpose",
      node.child("Purp") ?? (node.at("PmtTpInf", "CtgyPurp") || payment.at("PmtTpInf", "CtgyPurp")),
    ),
    underlying: null,
    fate: null,
  };
  return { ...order, ...recordBase(message, reading) };
}

function instructedMoney(reading: IsoReading, amount: XmlNode | undefined): MoneyText | null {
  const equivalent = amount?.child("EqvtAmt");
  if (equivalent === undefined) return reading.money("instructed", amount?.child("InstdAmt"));
  // So much of the debtor's currency as this amount is, in the other currency.
  reading.tell(equivalent.child("CcyOfTrf"));
  return reading.money("instructed", equivalent.child("Amt"));
}
