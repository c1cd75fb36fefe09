export { type CodePoints, codePoints } from "./code-points.ts";
export type { Span } from "./span.ts";
export { readStatements } from "./statements/read-statements.ts";
export type {
  Passage,
  Qualifier,
  Quotation,
  Source,
  SpeechAct,
  Statement,
  StatementsOfText,
} from "./statements/statement.ts";
