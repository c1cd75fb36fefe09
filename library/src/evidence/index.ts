export { type FlowPicture, type FlowPictureInput, flowPicture, flowPictureFile } from "./flow-picture.ts";
export { reportHtml } from "./report-html.ts";
export type { LedgerSummary, ReportBudget, ReportFile, ReportInput, ReportTag } from "./report-input.ts";
export { type CommonGround, type EndOpinion, type RuleAgreement, ruleAgreement } from "./rule-agreement.ts";
export { escapeHtml, hasUnseen, shellWord, visibleText } from "./text-safety.ts";
export { endsCsv, movementsCsv } from "./trail-csv.ts";
