import type { DocumentAnalysis } from "../claims/analyse-document.ts";
import type { Incident } from "./incident.ts";
import { joinIncidents } from "./join-incidents.ts";
import { storyIncidents } from "./story-incidents.ts";
import { draftOfWriteUp, type WriteUp } from "./write-up.ts";

/**
 * The incidents that documents tell of: deeds of which the victim is named, with the dates, amounts, countries, kinds,
 * methods and attributions that the words beside them state, joined where two tellings are of one. Everything names the
 * spans behind it. Order matters: an incident has its id from the first telling, so give documents in the order in
 * which they were taken in.
 *
 * @param writeUps entries of imported write-ups; what their fields say stands beside what texts say
 */
export function findIncidents(analyses: readonly DocumentAnalysis[], writeUps: readonly WriteUp[] = []): Incident[] {
  return joinIncidents([...analyses.flatMap(storyIncidents), ...writeUps.map(draftOfWriteUp)]);
}
