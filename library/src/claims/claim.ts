import type { Figure } from "./figures/figure.ts";
import type { ProposedGrade } from "./grades/propose-grade.ts";
import type { Span } from "./span.ts";
import type { SpeechAct } from "./statements/statement.ts";

/** A span in one of the documents, with its words. */
export interface Place extends Span {
  /** Id of the document. */
  readonly document: string;
  readonly text: string;
}

/** A statement as it stands behind a position. */
export interface StatementInClaim extends Place {
  /** `<document id>:<start>-<end>:<act>` of the statement: the same for the same text, whatever else is known. */
  readonly id: string;
  readonly act: SpeechAct;
  /** The party it is put down to in that document, as it is written there; null where nobody is named. */
  readonly source: Place | null;
  /** Those it went through on its way to this document, the nearest to the origin first. */
  readonly carriers: readonly Carrier[];
  /** What is said (for a denial: what is denied), in order; may be empty where the text points elsewhere. */
  readonly content: readonly Place[];
  /** Why it is put with this claim, a sentence. */
  readonly because: string;
  /** From 0 to 1: how sure it is that it belongs here. Judgement, not measured. */
  readonly confidence: number;
}

export interface Carrier {
  readonly party: string;
  /** How the text says that it was passed on: "seen by", "citing", "carried by", "reported by", "repeats", "credit". */
  readonly how: string;
  /** The words that say so. */
  readonly place: Place;
  /** True where these words say that the carrier had it from the origin itself. */
  readonly hasAccess: boolean;
}

/** A party whose own word or own document a position rests on. */
export interface EvidentialOrigin {
  readonly party: string;
  /** True where only the outlet knows who it is ("two people familiar with the matter"); it confirms nobody. */
  readonly isUnnamed: boolean;
  /** The origin's own document, where it was taken in; else null. */
  readonly document: string | null;
  /** The carriers between it and the documents, each once, joined by commas; "directly" where there are none. */
  readonly via: string;
  /** The namings that are taken for this party, and why each is. */
  readonly namings: readonly (Place & { readonly because: string })[];
}

/** One side of a claim: those who allege it, or those who deny it. */
export interface Position {
  readonly act: SpeechAct;
  /** Who holds it: the origin that most statements rest on; null where none is named. */
  readonly party: string | null;
  /** Newsrooms that carry it, each once. */
  readonly outlets: readonly string[];
  /** Parties that are said to have had it from the origin itself. */
  readonly independentAccess: readonly string[];
  readonly origins: readonly EvidentialOrigin[];
  /** Documents that carry it and do not say, or leave open, whom they have it from. */
  readonly unknownOrigins: readonly string[];
  readonly statements: readonly StatementInClaim[];
  readonly grade: ProposedGrade;
  /** Who gave it this grade instead of the proposed one; null: it is the proposed one. */
  readonly overridden: { readonly by: string; readonly at: string; readonly reason: string } | null;
}

export interface FigureInClaim {
  readonly figure: Figure;
  readonly place: Place;
}

export interface Contradiction {
  readonly figures: readonly FigureInClaim[];
  readonly why: string;
}

export interface Claim {
  /** `claim-` and the first 12 hexadecimal digits of the SHA-256 of the id of its founding statement. */
  readonly id: string;
  /** What it is about: the words of the statement that says it most fully. */
  readonly about: string;
  /** What a person decided about it, last; null: nobody did, and it is a proposal. */
  readonly judged: {
    readonly verdict: "confirmed" | "rejected";
    readonly by: string;
    readonly at: string;
    readonly reason: string;
  } | null;
  readonly positions: readonly Position[];
  readonly figures: readonly FigureInClaim[];
  readonly contradictions: readonly Contradiction[];
}

export type LineageBasis = "text" | "attribution" | "quotation" | "figure";

/** That one document or party has something from another, and what shows it. */
export interface LineageEdge {
  /** The one it comes from: a document's id, or the name of a party that no document here is of. */
  readonly from: string;
  /** The one that has it: a document's id, or a party's name. */
  readonly to: string;
  readonly basis: LineageBasis;
  /** False where the two share something and neither time nor words tell which way it went. */
  readonly directed: boolean;
  readonly proof: readonly (Span & { readonly document: string })[];
  readonly confidence: number;
  readonly because: string;
}

export type ChangeKind =
  | "hedge lost"
  | "hedge turned"
  | "hedge added"
  | "number altered"
  | "name altered"
  | "quotation cut"
  | "quotation altered";

/**
 * What is different in a document from where it has it, or from the words of the origin as others quote them. Of a cut
 * quotation `from` has the words that are missing at `to`, whichever of the two came first.
 */
export interface Change {
  readonly kind: ChangeKind;
  readonly from: Place;
  /** In the document that changed it; empty text at the place where something is missing. */
  readonly to: Place;
}
