import type { RecallAnswerRecord, RecallRecord, Source, StatusRecord, TextRecord } from "../record.ts";
import { originalNames, realOnes, realReference, realUetr } from "../reference.ts";
import type { Recall } from "../settled.ts";
import { sourcesOf } from "./arrange-records.ts";
import { addTo, type Flow, type Settling } from "./flow.ts";
import type { FlowIndex } from "./flow-index.ts";

/** Hangs what banks say of orders on the orders; a status that names only a message is about all of its orders. */
export function attachStatuses(settling: Settling, statuses: readonly StatusRecord[], index: FlowIndex): void {
  for (const status of statuses) {
    const { original } = status;
    const namesOne = [original.uetr, original.instructionId, original.endToEndId, original.transactionId].some(
      (text) => realReference(text) !== null,
    );
    const found = namesOne ? index.find(original) : null;
    const flows = namesOne
      ? found === null || found === "several"
        ? []
        : [found]
      : index.ofMessage(original.messageId);
    for (const flow of flows) addTo(flow, "statuses", status);
    if (flows.length > 0) continue;
    const what =
      found === "several"
        ? `A status ${status.status.slice(0, 8)} fits several orders; it is given to none of them`
        : `A status ${status.status.slice(0, 8)} is about an order that is not in the records`;
    settling.problems.push({ what, sources: [status.source] });
  }
}

/** Hangs words on the payment that they name. Nothing is concluded from them. */
export function attachTexts(settling: Settling, texts: readonly TextRecord[], index: FlowIndex): void {
  for (const text of texts) {
    const { uetr, related, endToEndId, transactionId, instructionId } = text.references;
    const byUetr = index.ofUetr(realUetr(uetr));
    const names = realOnes([related, endToEndId, transactionId, instructionId]);
    const flows = byUetr.length > 0 ? byUetr : names.flatMap((name) => index.ofName(name));
    const payments = [...new Set(flows.filter(({ kind }) => kind === "payment"))];
    if (payments.length === 1) addTo(payments[0]!, "texts", text);
    else {
      const which = payments.length === 0 ? "no payment" : "several payments";
      settling.problems.push({ what: `A text message fits ${which} of the records`, sources: [text.source] });
    }
  }
}

/** A request for money back, with its answers, before it is known whether the money came. */
export interface RecallCase {
  readonly flow: Flow | null;
  readonly records: (RecallRecord | RecallAnswerRecord)[];
}

/**
 * Puts requests and answers together: those about one payment are one case; an answer that names no payment belongs
 * to the request whose message it names.
 */
export function recallCases(
  settling: Settling,
  records: readonly (RecallRecord | RecallAnswerRecord)[],
  index: FlowIndex,
): RecallCase[] {
  const cases = new Map<Flow | string, RecallCase>();
  const byRequest = new Map<string, RecallCase>();
  const inOrder = [...records].sort((a, b) => Number(a.kind === "recall-answer") - Number(b.kind === "recall-answer"));
  for (const record of inOrder) {
    const found = index.find(record.original);
    const flow = found === "several" ? null : found;
    if (found === "several") {
      settling.problems.push({ what: "A recall fits several payments; it is given to none", sources: [record.source] });
    }
    const request = realReference(record.references.related);
    const answered = record.kind === "recall-answer" && request !== null ? byRequest.get(request) : undefined;
    const name = realUetr(record.original.uetr) ?? originalNames(record.original).join(" ");
    const key = flow ?? (name === "" ? `request ${record.references.messageId}` : name);
    const known = flow === null && answered !== undefined ? answered : (cases.get(key) ?? { flow, records: [] });
    if (!cases.has(key) && known !== answered) cases.set(key, known);
    known.records.push(record);
    if (known.flow !== null) addTo(known.flow, "recalls", record);
    const own = realReference(record.references.messageId);
    if (record.kind === "recall" && own !== null && !byRequest.has(own)) byRequest.set(own, known);
  }
  return [...cases.values()];
}

/**
 * What became of a recall. `returned` once money of the payment came back, whoever answered what; else as the last
 * answer has it: `accepted` says that the bank agreed, and not that money has moved.
 */
export function recallOf({ rankOf }: Settling, { flow, records }: RecallCase): Recall {
  const inOrder = [...records].sort((a, b) => rankOf.get(a)! - rankOf.get(b)!);
  const answer = inOrder.findLast((one) => one.kind === "recall-answer" && one.answer !== "pending");
  const cameBack = flow?.givenBack.some(({ kind }) => kind === "return") ?? false;
  const answered = answer?.kind === "recall-answer" && answer.answer === "accepted" ? "accepted" : "rejected";
  const state = cameBack ? "returned" : answer === undefined ? "asked" : answered;
  const asked = inOrder.find((one) => one.kind === "recall");
  const reason = asked?.kind === "recall" ? asked.reason : null;
  const code = answer?.kind === "recall-answer" ? answer.code : null;
  const words = [
    reason,
    code === null ? null : `answer ${code}`,
    state === "accepted" ? "accepted, and no money has come back in these records" : null,
  ].filter((word) => word !== null);
  const sources: Source[] = sourcesOf(inOrder);
  return {
    payment: flow === null ? null : flow.key,
    state,
    reason: words.length === 0 ? null : words.join("; "),
    sources,
  };
}
