import type { Draft } from "../draft.ts";
import type { Original, RecallAnswerRecord, RecallRecord, References, TextRecord } from "../record.ts";
import { dayOf, findField, findOption, type MtField, moneyOf, placeOf } from "./mt-fields.ts";
import type { MtMessage } from "./mt-message.ts";
import { missing } from "./mt-message.ts";

const answers: Readonly<Record<string, RecallAnswerRecord["answer"]>> = {
  CNCL: "accepted",
  RJCR: "rejected",
  PDCR: "pending",
};

/**
 * An MT192 or MT292, a request for cancellation: somebody asks for a payment back.
 * @throws MtMessageError, MtFieldError
 * @see SWIFT MTn92; codes of the reason: gpi Stop and Recall
 */
export function recallOf(message: MtMessage): RecallRecord {
  const draft: Draft = { places: {}, notes: [...message.notes] };
  const { fields } = message;
  const related = findField(fields, "21");
  if (related === null && message.uetr === null) throw missing(message, "21 (which message it asks to cancel)");
  const about = findOption(fields, 11);
  const words = findField(fields, "79");
  // A copy of the original's fields may stand behind, also with its own field 20 and with the amount under 32A or 32B.
  const value = findOption(fields, 32);
  const hasDate = value?.tag === "32A";
  if (value !== null) draft.places["original.money"] = placeOf(value);
  if (words !== null) {
    draft.places.reason = placeOf(words);
    draft.notes.push(`${placeOf(words)}: ${words.value}`);
  }
  const type = about === null ? null : /^\d{3}/u.exec(about.value)?.[0];
  const original: Original = {
    messageId: related?.value ?? null,
    messageName: type == null ? null : `MT${type}`,
    instructionId: related?.value ?? null,
    endToEndId: null,
    transactionId: null,
    uetr: message.uetr,
    money: value === null ? null : moneyOf(value, hasDate ? value.value.slice(6) : value.value),
    settlementDate: hasDate ? dayOf(value, value.value.slice(0, 6)) : null,
  };
  return {
    kind: "recall",
    ...envelope(message, draft),
    references: referencesOf(message, draft),
    original,
    reason: words === null ? null : (/^\/([A-Z0-9]{4})\//u.exec(words.value)?.[1] ?? words.value.slice(0, 140)),
    ...notesOf(draft),
  };
}

/**
 * An MT196 or MT296, the answer: field 76 begins with /CNCL/ (cancelled, the money comes back), /RJCR/ (refused) or
 * /PDCR/ (not yet decided). An answer to something else, or in words, stays text.
 * @throws MtMessageError
 * @see SWIFT MTn96; gpi Stop and Recall
 */
export function recallAnswerOf(message: MtMessage): RecallAnswerRecord | TextRecord {
  const draft: Draft = { places: {}, notes: [...message.notes] };
  const { fields } = message;
  const field = findField(fields, "76");
  if (field === null) throw missing(message, "76 (the answer)");
  const [, status = "", code = null] = /^\/([A-Z]{4})(?:\/([A-Z0-9]{4})?)?/u.exec(field.value) ?? [];
  const answer = answers[status];
  if (answer === undefined) return textOf(message);
  const related = findField(fields, "21");
  draft.places.answer = placeOf(field);
  draft.notes.push(`${placeOf(field)}: ${field.value}`);
  const about = findOption(fields, 11);
  if (about !== null) draft.notes.push(`${placeOf(about)}: ${about.value}`);
  return {
    kind: "recall-answer",
    ...envelope(message, draft),
    references: referencesOf(message, draft),
    // Field 21 is the field 20 of the request, which names the payment.
    original: {
      messageId: related?.value ?? null,
      messageName: `MT${message.type?.[0]}92`,
      instructionId: null,
      endToEndId: null,
      transactionId: null,
      uetr: message.uetr,
      money: null,
      settlementDate: null,
    },
    answer,
    code: code ?? status,
    ...notesOf(draft),
  };
}

/** A free-format message (n99), or what else is words: its fields as they stand. @see SWIFT MTn99 */
export function textOf(message: MtMessage): TextRecord {
  const draft: Draft = { places: {}, notes: [...message.notes] };
  const words = message.fields.filter(({ tag }) => tag !== "20" && tag !== "21");
  const isFree = words.length === 1 && words[0]!.tag === "79";
  if (words[0] !== undefined) draft.places.text = placeOf(words[0]);
  const line = ({ tag, value }: MtField) => (isFree ? value : `:${tag}:${value}`);
  return {
    kind: "text",
    ...envelope(message, draft),
    references: referencesOf(message, draft),
    text: words.map(line).join("\n"),
    ...notesOf(draft),
  };
}

const envelope = (message: MtMessage, draft: Draft) => ({
  source: message.source,
  places: draft.places,
  message: `MT${message.type}`,
  created: message.created,
});

const notesOf = ({ notes }: Draft) => (notes.length === 0 ? {} : { notes });

function referencesOf(message: MtMessage, { places }: Draft): References {
  const own = findField(message.fields, "20");
  const related = findField(message.fields, "21");
  if (own !== null) places.references = placeOf(own);
  if (related !== null) places["references.related"] = placeOf(related);
  if (message.uetr !== null) places["references.uetr"] = "block 3 {121:}";
  return {
    messageId: own?.value ?? null,
    instructionId: null,
    endToEndId: null,
    transactionId: null,
    uetr: message.uetr,
    clearingReference: null,
    related: related === null || related.value === "NONREF" ? null : related.value,
  };
}
