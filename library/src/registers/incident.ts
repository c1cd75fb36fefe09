import type { Place } from "../claims/claim.ts";
import type { Figure } from "../claims/figures/figure.ts";
import type { SpeechAct } from "../claims/statements/statement.ts";
import type { Stated } from "./stated.ts";

/** What was robbed, as far as words say so. */
export const incidentKinds = [
  "exchange",
  "bank",
  "bridge",
  "protocol",
  "blockchain",
  "wallet",
  "casino",
  "payment service",
  "company",
  "government",
] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** How it was done, as far as words say so. */
export const incidentMethods = [
  "phishing",
  "social engineering",
  "malware",
  "ransomware",
  "key compromise",
  "smart-contract exploit",
  "flash loan",
  "reentrancy",
  "price manipulation",
  "51% attack",
  "SWIFT",
  "ATM cash-out",
  "supply chain",
  "insider",
  "exit scam",
  "denial of service",
] as const;
export type IncidentMethod = (typeof incidentMethods)[number];

/** A date as it is stated: ISO 8601, cut at its precision; `to` is the end of a range. */
export interface IncidentDate {
  readonly from: string;
  readonly to: string | null;
  /** True where the likely one of several was taken, as the nearest year. */
  readonly assumed: boolean;
}

/** Somebody to whom an incident is put down, on somebody's word. It is a claim, not a finding. */
export interface Attribution {
  /** The name as it is written. */
  readonly actor: string;
  /** The words that name it. */
  readonly place: Place;
  /** The words that put it down to them: "linked to", "blamed on". */
  readonly cue: Place;
  /** Whose word it is, where the sentence names somebody; null where the document says it by itself. */
  readonly source: Place | null;
  /** What the one who says it does: alleges, states, denies; "states" where nobody is named. */
  readonly act: SpeechAct;
}

/** Two stated values of one field that cannot both hold. */
export interface IncidentDisagreement {
  readonly field: "date" | "amount";
  /** The two values, as a person reads them. */
  readonly values: readonly [string, string];
  readonly why: string;
}

/** Why a telling was put with the tellings before it. */
export interface Join {
  /** Id of a document, or the name of an imported file. */
  readonly from: string;
  readonly because: string;
  /** True where the values that are joined differ, or nothing but the name says that it is the same. */
  readonly doubtful: boolean;
}

/** Another incident that may be this one told differently. They are not joined; totals count both possibilities. */
export interface MaybeSame {
  /** Its id. */
  readonly incident: string;
  readonly why: string;
}

/** An event that documents or imported write-ups tell of, each field with what states it. All of it is a proposal. */
export interface Incident {
  /** `incident-` and the first 12 hexadecimal digits of the SHA-256 of its first telling's document and span. */
  readonly id: string;
  /** The ids that each of its tellings would give it, its own first: as of an earlier day another one is the first. */
  readonly ids: readonly string[];
  /** "Coincheck, 2018": the victim's fullest name and the date. */
  readonly name: string;
  /** The earliest and the latest of the stated dates, ISO 8601 with their precision; null where none is stated. */
  readonly from: string | null;
  readonly to: string | null;
  readonly dates: readonly Stated<IncidentDate>[];
  /** The names by which the victim goes. */
  readonly victims: readonly Stated<string>[];
  /** ISO 3166-1 alpha-2, where words put the victim into a country. */
  readonly countries: readonly Stated<string>[];
  readonly kinds: readonly Stated<IncidentKind>[];
  readonly methods: readonly Stated<IncidentMethod>[];
  /** What was taken, as far as it is stated; differing values stand beside each other, the most stated one first. */
  readonly amounts: readonly Stated<Figure>[];
  readonly attributions: readonly Attribution[];
  readonly disagreements: readonly IncidentDisagreement[];
  /** The sentences that tell of it. */
  readonly statements: readonly Place[];
  readonly joins: readonly Join[];
  readonly maybeSame: readonly MaybeSame[];
}
