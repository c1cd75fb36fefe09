export { shortAccount } from "./account-text.ts";
export { type AssumedEnd, type AssumptionRanges, assumptionRanges } from "./assumption-ranges.ts";
export { claimsReportHtml } from "./claims-report.ts";
export {
  type ClaimsReportInput,
  claimsReportLimits,
  type ReportIncident,
  type ReportStated,
} from "./claims-report-input.ts";
export { type FlowPicture, type FlowPictureInput, flowPicture, flowPictureFile } from "./flow-picture.ts";
export { reportHtml } from "./report-html.ts";
export type {
  ReportAccountLedger,
  ReportCoinLedger,
  ReportFile,
  ReportInput,
  ReportLedger,
  ReportTag,
} from "./report-input.ts";
export { type CommonGround, type EndOpinion, type RuleAgreement, ruleAgreement } from "./rule-agreement.ts";
export { type AmountRange, endRange, seededRange } from "./spoken-amounts.ts";
export { escapeHtml, hasUnseen, shellWord, visibleText } from "./text-safety.ts";
export { alternativesCsv, endsCsv, linksCsv, movementsCsv } from "./trail-csv.ts";
export { amountPrinter, count, countPlaces, endName, endNames, unitName } from "./wording.ts";
