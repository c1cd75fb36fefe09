export { type FlowPicture, type FlowPictureInput, flowPicture, flowPictureFile } from "./flow-picture.ts";
export { reportHtml } from "./report-html.ts";
export type { ReportFile, ReportInput, ReportLedger, ReportTag } from "./report-input.ts";
export { type CommonGround, type EndOpinion, type RuleAgreement, ruleAgreement } from "./rule-agreement.ts";
export { type AmountRange, endRange, seededRange } from "./spoken-amounts.ts";
export { escapeHtml, hasUnseen, shellWord, visibleText } from "./text-safety.ts";
export { endsCsv, movementsCsv } from "./trail-csv.ts";
export { count, endNames } from "./wording.ts";
