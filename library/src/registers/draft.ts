import type { Place } from "../claims/claim.ts";
import type { Figure } from "../claims/figures/figure.ts";
import type { Attribution, IncidentDate, IncidentKind, IncidentMethod } from "./incident.ts";
import type { Stated } from "./stated.ts";

/** An incident as one document, or one entry of an import, tells it. */
export interface IncidentDraft {
  /** Id of the document, or name of the imported file. */
  readonly from: string;
  /** Id of the document that the file is, which for a write-up is its own text. */
  readonly document: string;
  /** What the id is made of. */
  readonly founding: string;
  /** The telling words of each name that it goes by. */
  readonly words: readonly (readonly string[])[];
  readonly victims: readonly Stated<string>[];
  readonly dates: readonly Stated<IncidentDate>[];
  readonly countries: readonly Stated<string>[];
  readonly kinds: readonly Stated<IncidentKind>[];
  readonly methods: readonly Stated<IncidentMethod>[];
  readonly amounts: readonly Stated<Figure>[];
  readonly attributions: readonly Attribution[];
  readonly statements: readonly Place[];
}
