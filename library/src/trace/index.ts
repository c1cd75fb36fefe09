export { type AccountColumns, type AmountColumn, type Coverage, coverages, nowhere } from "./account-columns.ts";
export { assembleJointTrail, listJointNames } from "./assemble-joint-trail.ts";
export {
  assembleTrail,
  listNamesNeeded,
  type NamedCoin,
  type NamedTransaction,
  type TrailNames,
  type TrailParts,
} from "./assemble-trail.ts";
export { type ChosenLinks, chooseLinks, type PlacedLink } from "./choose-links.ts";
export {
  type CoinBound,
  type CoinEnds,
  type CoinTrace,
  type EndReason,
  endReasons,
  type FeeEnd,
  kindOfReason,
  type LabelledAmounts,
  type LabelTotals,
  type RuleTrace,
  type TracedCoins,
} from "./coin-trace.ts";
export {
  type CoinColumns,
  heightNotKnown,
  makerAbsent,
  type SubsidyAt,
  spenderMin,
  spendNotKnown,
  spentElsewhere,
  unspent,
  valueNotKnown,
} from "./columns.ts";
export { compareTrails } from "./compare-trails.ts";
export { type DayOrder, dayOrders } from "./day-order.ts";
export type {
  AccountPart,
  CoinPart,
  JointLabel,
  JointLink,
  JointPart,
  JointRequest,
  JointSeed,
  LinkSide,
} from "./joint-request.ts";
export {
  type JointBound,
  type JointEnd,
  type JointEndReason,
  type JointMove,
  type JointPlace,
  type JointRuleTrace,
  type JointTrace,
  jointEndReasons,
  kindOfJointReason,
  type LabelAmount,
} from "./joint-trace.ts";
export type { JointTrailParts, NamedLink, NamedPlace, PartNames } from "./joint-trail-parts.ts";
export { type Link, type LinkBasis, type LinkKind, linkBases, linkKinds } from "./link.ts";
export { changesWithOrder, type OrderedColumns, orderDays } from "./order-day.ts";
export type { TraceBudget, TraceRequest, TraceSeed } from "./request.ts";
export { type AccountRuleFacts, type Direction, debtLaw, type Rule, type RuleFacts, ruleFacts, rules } from "./rule.ts";
export { shareColumns } from "./share-columns.ts";
export { traceCoins } from "./trace-coins.ts";
export { type ParallelOptions, traceCoinsParallel } from "./trace-coins-parallel.ts";
export { traceJoint } from "./trace-joint.ts";
export type {
  Alternative,
  Bound,
  Difference,
  End,
  EndKind,
  ListedTrail,
  MovedFrom,
  MovedTo,
  Movement,
  Movements,
  Place,
  Total,
  Traced,
  Trail,
  TrailLedger,
  TrailLink,
  TrailSeed,
} from "./trail.ts";
export { engine, type TrailSource, trailId } from "./trail-id.ts";
