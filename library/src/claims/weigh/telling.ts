import type { DocumentAnalysis } from "../analyse-document.ts";
import type { Carrier } from "../claim.ts";
import type { Figure } from "../figures/figure.ts";
import type { Party } from "../parties/party.ts";
import type { Span } from "../span.ts";
import type { SpeechAct } from "../statements/statement.ts";
import type { Subject } from "./subject.ts";
import type { Terms } from "./terms.ts";

/** One time that something is said in a document, with the way it took to get there. */
export interface Telling {
  /** `<document id>:<start>-<end>:<act>` */
  readonly id: string;
  readonly analysis: DocumentAnalysis;
  readonly span: Span;
  readonly act: SpeechAct;
  readonly side: "for" | "against" | "apart";
  /** True where it says that something is not so: a denial, where somebody says that it is. */
  readonly isNegated: boolean;
  /** True where the content is quoted, word for word. */
  readonly isDirect: boolean;
  /** True where the document says it itself and names nobody. */
  readonly isOwnVoice: boolean;
  /** What is said; of a denial, what is denied. */
  readonly content: readonly Span[];
  /** True where the content only points to what is said elsewhere: "those allegations". */
  readonly points: boolean;
  /** Who said it first, as far as this telling goes; null where nobody is named. */
  readonly origin: Party | null;
  readonly carriers: readonly (Carrier & { readonly identity: readonly string[] })[];
  readonly terms: Terms;
  readonly figures: readonly Figure[];
  readonly subject: Subject;
  /** The telling words of the names of victims, where the text says what was done to whom. */
  readonly victims: ReadonlySet<string>;
  /** The words between its quotation marks, a list for each stretch. */
  readonly quoted: readonly (readonly string[])[];
}
