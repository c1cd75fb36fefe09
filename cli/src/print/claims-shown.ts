import type { ClaimsAddJson, ClaimsShownJson, OwnStatementJson } from "../contract/claims-shown.ts";
import { claimLines } from "./claim-in-full.ts";
import { changeLines, documentTable, lineageLines } from "./claims.ts";
import { counted, documentNamer, figureWords, limited, words } from "./claims-words.ts";

/** What `spoor claims add` prints for a person. */
export function claimsAddLines({ documents, skipped }: ClaimsAddJson): string[] {
  const known = documents.filter(({ isNew }) => !isNew).length;
  return [
    `${counted(documents.length - known, "document")} taken in${known === 0 ? "" : `, ${known} known already`}`,
    ...(documents.length === 0 ? [] : documentTable(documents)),
    ...(skipped.length === 0 ? [] : [`Set aside, with the reason (${counted(skipped.length, "source")}):`]),
    ...limited(skipped, ({ source, reason }) => `  ${words(source, 200)}: ${words(reason, 400)}`),
    ...(documents.length === 0 ? [] : ["Next: spoor claims report"]),
  ];
}

/** What `spoor claims show` prints for a person: all of it. */
export function claimsShownLines(shown: ClaimsShownJson): string[] {
  if (shown.kind === "claim") {
    const lines = claimLines(shown.claim, documentNamer(shown.documents), { statements: Number.POSITIVE_INFINITY });
    const asked = shown.claim.positions
      .flatMap(({ statements }) => statements)
      .find(({ id }) => id === shown.statement);
    return [...lines, ...whyLines(shown.claim), ...(asked === undefined ? [] : ["", `Asked for: ${asked.id}`])];
  }
  return documentLines(shown);
}

/** Why each statement is put with the claim, and what would change the grades. */
function whyLines({ positions }: Extract<ClaimsShownJson, { kind: "claim" }>["claim"]): string[] {
  return [
    "  Why these statements are put together",
    ...positions.flatMap(({ act, statements }) =>
      statements.map(({ id, because, confidence }) => `    ${act}, ${id}: ${words(because, 300)} (${confidence})`),
    ),
    "  What would change the grades",
    ...positions.flatMap(({ act, grade }) => grade.wouldChange.map((one) => `    ${act}: ${words(one, 300)}`)),
  ];
}

function documentLines(shown: Extract<ClaimsShownJson, { kind: "document" }>): string[] {
  const { document, statements, figures, claims, lineage, changes } = shown;
  const nameOf = documentNamer([document]);
  return [
    `Document ${document.id}  ${document.title === null ? "(no title)" : words(document.title)}`,
    `  outlet ${document.outlet === null ? "not known" : words(document.outlet, 60)}; author ${
      document.author === null ? "not known" : words(document.author, 60)
    }${document.credit === null ? "" : `; credit ${words(document.credit, 60)}`}`,
    `  published ${document.published ?? "at a time that it does not say"}; ${counted(document.words, "word")} in ${
      document.language
    }, ${document.analysed ? "read" : "kept, not read: claims are read in English only"}`,
    `  SHA-256 ${document.sha256}`,
    ...document.captures.map(({ source, capturedAt }) => `  captured ${capturedAt} from ${words(source, 200)}`),
    ...(claims.length === 0 ? [] : ["Stands behind"]),
    ...claims.map(({ id, about }) => `  ${id}  ${words(about)}`),
    ...(statements.length === 0 ? [] : ["Who says what"]),
    ...statements.flatMap(statementLines),
    ...(figures.length === 0 ? [] : ["Figures"]),
    ...figures.map((one) => `  ${figureWords(one)}: “${words(one.text, 80)}” at ${one.start}-${one.end}`),
    ...lineageLines(lineage, nameOf),
    ...changeLines(changes, nameOf),
  ];
}

function statementLines({ id, act, source, sourceMeans, content, denied, qualifiers, via, text }: OwnStatementJson) {
  const who = source === null ? "(nobody named)" : words(source, 80);
  const means = sourceMeans === null ? "" : ` (that is, ${words(sourceMeans, 80)})`;
  const said = content.length === 0 ? text : content.join(" … ");
  const hedges = qualifiers.map((one) => words(one.text, 30)).join(", ");
  return [
    `  ${who}${means} ${act}: “${words(said, 240)}”`,
    ...(denied.length === 0 || denied.join() === content.join()
      ? []
      : [`    denies: “${words(denied.join(" … "), 200)}”`]),
    ...(via.length === 0 ? [] : [`    ${via.map(({ how, party }) => `${how} ${words(party, 80)}`).join("; ")}`]),
    ...(hedges === "" ? [] : [`    with: ${hedges}`]),
    `    ${id}`,
  ];
}
