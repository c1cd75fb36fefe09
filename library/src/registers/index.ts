export { countryName } from "../claims/parties/country-names.ts";
export type { Actor, ActorRelation, RegisterFile } from "./actor.ts";
export { type ActorRegister, actorRegister, type Naming, type PossibleActor } from "./actor-register.ts";
export { incidentsCsv } from "./csv.ts";
export { type AliasConflict, type AliasConflictKind, findAliasConflicts } from "./find-alias-conflicts.ts";
export { findIncidents } from "./find-incidents.ts";
export type {
  Attribution,
  Incident,
  IncidentDate,
  IncidentDisagreement,
  IncidentKind,
  IncidentMethod,
  Join,
  MaybeSame,
} from "./incident.ts";
export { sayDate } from "./incident-disagreements.ts";
export { registerLimits } from "./limits.ts";
export { type RegisterFormat, readRegister, registerFormats } from "./read-register.ts";
export { looksLikeWriteUp, readWriteUp } from "./read-write-up.ts";
export type { EntryPlace, Stated } from "./stated.ts";
export { type StixBundle, type StixSource, stixBundle } from "./stix.ts";
export type { StixObject } from "./stix-objects.ts";
export { type IncidentLoss, type LossBounds, lossBounds, type TotalLosses, totalLosses } from "./total-losses.ts";
export type { WriteUp } from "./write-up.ts";
