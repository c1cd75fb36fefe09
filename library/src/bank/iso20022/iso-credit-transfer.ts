import type { Charge, MoneyText, OrderRecord, References } from "../record.ts";
import { countTransactions, type Family, type IsoMessage, messageId, recordBase } from "./iso-message.ts";
import { agentOf, bankSideOf, partyOf, sideOf } from "./iso-parties.ts";
import { IsoReading } from "./iso-reading.ts";
import type { XmlNode } from "./xml-node.ts";

/** pacs.008, a customer's payment between banks; pacs.009, a bank's own, or the cover of a customer's (COV). */
export function creditTransfer(level: "customer" | "bank"): Family {
  return {
    handedOn: { CdtTrfTxInf: {} },
    begin(message) {
      let count = 0;
      return {
        take(node) {
          count++;
          message.emit(orderOf(message, node, level));
        },
        end: () => countTransactions(message, count),
      };
    },
  };
}

function orderOf(message: IsoMessage, node: XmlNode, between: "customer" | "bank"): OrderRecord {
  const reading = new IsoReading();
  const group = message.root.child("GrpHdr");
  const underlying = node.child("UndrlygCstmrCdtTrf");
  const level = between === "bank" && underlying !== undefined ? "cover" : between;
  const settled = settledMoney(reading, node, group);
  const instructed = reading.softMoney("instructed", node.child("InstdAmt") ?? underlying?.child("InstdAmt"));
  if (settled === null && instructed === null) throw reading.missing(node, "amount");
  const [debtor, creditor] = endsOf(node);
  const readSide = between === "bank" ? bankSideOf : sideOf;
  const times = node.child("SttlmTmIndctn");
  const order: Omit<OrderRecord, "source" | "places" | "message" | "created"> = {
    kind: "order",
    level,
    references: referencesOf(message, node.child("PmtId"), level, reading),
    settled,
    instructed: level === "cover" ? null : instructed,
    exchangeRate: reading.text("exchangeRate", node.child("XchgRate")),
    settlementDate: reading.date("settlementDate", node.child("IntrBkSttlmDt") ?? group?.child("IntrBkSttlmDt")),
    settlementTime: reading.instant("settlementTime", times?.child("CdtDtTm") ?? times?.child("DbtDtTm")),
    debtor: readSide("debtor", debtor, reading),
    creditor: readSide("creditor", creditor, reading),
    ultimateDebtor: partyOf("ultimateDebtor", node.child("UltmtDbtr"), reading),
    ultimateCreditor: partyOf("ultimateCreditor", node.child("UltmtCdtr"), reading),
    instructing: agentOf("instructing", node.child("InstgAgt") ?? group?.child("InstgAgt"), reading),
    instructedAgent: agentOf("instructedAgent", node.child("InstdAgt") ?? group?.child("InstdAgt"), reading),
    intermediaries: intermediariesOf(node, reading),
    chargeBearer: reading.text("chargeBearer", node.child("ChrgBr")),
    charges: chargesOf(node, reading),
    remittance: reading.remittance(node.child("RmtInf") ?? underlying?.child("RmtInf")),
    purpose: reading.code("purpose", node.child("Purp") ?? node.at("PmtTpInf", "CtgyPurp")),
    underlying:
      underlying === undefined
        ? null
        : {
            debtor: sideOf("underlying.debtor", endsOf(underlying)[0], reading),
            creditor: sideOf("underlying.creditor", endsOf(underlying)[1], reading),
            instructed: level === "cover" ? instructed : null,
          },
    fate: null,
  };
  noteTheRest(node, group, reading);
  return { ...order, ...recordBase(message, reading) };
}

/** The elements of both ends of a payment. */
export function endsOf(node: XmlNode) {
  return [
    { party: node.child("Dbtr"), account: node.child("DbtrAcct"), agent: node.child("DbtrAgt") },
    { party: node.child("Cdtr"), account: node.child("CdtrAcct"), agent: node.child("CdtrAgt") },
  ] as const;
}

/** The amount of the transaction; that of the group stands for it where the group has one transaction. */
function settledMoney(reading: IsoReading, node: XmlNode, group: XmlNode | undefined): MoneyText | null {
  const own = node.child("IntrBkSttlmAmt");
  if (own !== undefined) return reading.money("settled", own);
  const isAlone = group?.child("NbOfTxs")?.text.trim() === "1";
  return isAlone ? reading.money("settled", group?.child("TtlIntrBkSttlmAmt")) : null;
}

function referencesOf(
  message: IsoMessage,
  ids: XmlNode | undefined,
  level: OrderRecord["level"],
  reading: IsoReading,
): References {
  const references = paymentReferences(message, ids, reading);
  // What field 21 of an MT202COV says stands here.
  return level === "cover" ? { ...references, related: references.endToEndId } : references;
}

/** The ids of `PmtId`, or of `Refs` in a statement, beside that of the message. */
export function paymentReferences(message: IsoMessage, ids: XmlNode | undefined, reading: IsoReading): References {
  return {
    messageId: messageId(message, reading),
    instructionId: reading.text("references.instructionId", ids?.child("InstrId")),
    endToEndId: reading.text("references.endToEndId", ids?.child("EndToEndId")),
    transactionId: reading.text("references.transactionId", ids?.child("TxId")),
    uetr: reading.text("references.uetr", ids?.child("UETR")),
    clearingReference: reading.text("references.clearingReference", ids?.child("ClrSysRef")),
    related: null,
  };
}

function intermediariesOf(node: XmlNode, reading: IsoReading) {
  const agents = [];
  for (const name of ["IntrmyAgt1", "IntrmyAgt2", "IntrmyAgt3", "IntrmyAgt"]) {
    const agent = agentOf(`intermediaries.${agents.length}`, node.child(name), reading);
    if (agent !== null) agents.push(agent);
  }
  return agents;
}

/** `ChrgsInf`: amount and who took it; the first versions call the two `ChrgsAmt` and `ChrgsPty`. */
export function chargesOf(node: XmlNode, reading: IsoReading): Charge[] {
  const charges: Charge[] = [];
  for (const charge of node.all("ChrgsInf")) {
    const field = `charges.${charges.length}`;
    const money = reading.money(field, charge.child("Amt") ?? charge.child("ChrgsAmt"));
    const agent = agentOf(`${field}.agent`, charge.child("Agt") ?? charge.child("ChrgsPty"), reading);
    if (money !== null) charges.push({ money, agent });
  }
  return charges;
}

/** Who handled the payment before, how it is settled and what is asked of the banks: nothing is concluded from it. */
function noteTheRest(node: XmlNode, group: XmlNode | undefined, reading: IsoReading): void {
  const settlement = group?.child("SttlmInf") ?? node.child("SttlmInf");
  const method = settlement?.child("SttlmMtd");
  if (method !== undefined && method.text.trim() !== "CLRG") reading.tell(method);
  for (const child of [...(node.children ?? []), ...(settlement?.children ?? [])]) {
    if (child.name.startsWith("PrvsInstgAgt") || child.name.endsWith("RmbrsmntAgt")) {
      const agent = agentOf(child.name, child, reading);
      if (agent !== null) reading.note(child, agent.bic ?? agent.clearing ?? agent.name!);
    } else if (child.name === "InstrForCdtrAgt" || child.name === "InstrForNxtAgt") {
      reading.tell(child.child("InstrInf"));
    }
  }
}
