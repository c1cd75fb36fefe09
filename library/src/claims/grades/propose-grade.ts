import type { Credibility, Reliability } from "./admiralty.ts";

/** What is known of a position: those who hold one side of a claim. */
export interface PositionEvidence {
  /** Evidential origins that are known: parties whose own knowledge, or whose own document, the position rests on. */
  readonly origins: readonly OriginEvidence[];
  /** Documents that carry it and do not say whom they have it from. */
  readonly originsUnknown: number;
  /** Outlets that carry it, however many of them repeat one another. */
  readonly outlets: number;
  /** Evidential origins of positions that cannot be true together with this one: a denial of an allegation. */
  readonly opposingOrigins: number;
  /** Figures of this position that contradict one another. */
  readonly contradictions: number;
  /** Those who decline to comment say nothing that could be true. */
  readonly saysNothing?: boolean;
}

export interface OriginEvidence {
  readonly party: string;
  /** It may be one with another: nobody but the outlet knows who it is, or an officer may speak for his force. */
  readonly isUnnamed: boolean;
  /** It says what it did, saw or holds itself, rather than what it was told; null where that cannot be told. */
  readonly hasAccess: boolean | null;
  /** It gains or loses by what is believed: the accused, the accuser's ally. */
  readonly isInterested: boolean;
  /** What is on record about earlier reports of this source; null: nothing. */
  readonly reliability: Reliability | null;
}

export interface ProposedGrade {
  readonly reliability: Reliability;
  readonly credibility: Credibility;
  /** Why, a sentence each; never empty. */
  readonly reasons: readonly string[];
  /** What would change it, a sentence each. */
  readonly wouldChange: readonly string[];
}

/**
 * Proposes a grade on the Admiralty scale. It is arithmetic over what was found, for a person to confirm or override:
 *
 * - Reliability is what is on record of the origins, the best of them; F where nothing is. It is never derived from
 *   how far the information is believed.
 * - Credibility is 1 only with two named evidential origins *of this position*; a denial confirms no allegation, and
 *   outlets that repeat one origin confirm nothing. One origin is 3, or 2 where it has access and no interest in what
 *   it says. Origins that say the opposite make it 4, whoever has more of them. No known origin is 6.
 * - 5 is never proposed: that something is improbable is a person's judgement.
 */
export function proposeGrade(position: PositionEvidence): ProposedGrade {
  const { credibility, why, wouldChange } = credibilityOf(position);
  const { reliability, reason } = reliabilityOf(position.origins);
  const contradictions =
    position.contradictions > 0
      ? [`${counted(position.contradictions, "figure")} of it contradict others of the same position.`]
      : [];
  return {
    reliability,
    credibility,
    reasons: [...why, ...contradictions, reason],
    wouldChange:
      reliability === "F" ? [...wouldChange, "A record of how earlier reports of its origins held up."] : wouldChange,
  };
}

interface Believed {
  readonly credibility: Credibility;
  readonly why: readonly string[];
  readonly wouldChange: readonly string[];
}

function credibilityOf({
  origins,
  originsUnknown,
  outlets,
  opposingOrigins,
  contradictions,
  saysNothing = false,
}: PositionEvidence): Believed {
  if (saysNothing)
    return { credibility: 6, why: ["Who declines to comment says nothing that could be confirmed."], wouldChange: [] };
  const named = [...new Set(origins.map(({ party }) => party))];
  const unknown = originsUnknown === 0 ? [] : [unnamed(originsUnknown)];
  if (named.length === 0) {
    const why = `${carried(outlets)}, and ${outlets === 1 ? "does not say" : "none says"} whom it has it from.`;
    return { credibility: 6, why: [why], wouldChange: ["An origin that can be named."] };
  }
  const repeated = outlets > named.length ? [`${carried(outlets)} from ${counted(named.length, "origin")}.`] : [];
  const said = `It rests on ${counted(named.length, "evidential origin")}: ${named.join("; ")}.`;
  if (opposingOrigins > 0) {
    const say = opposingOrigins === 1 ? "says" : "say";
    const against = `${counted(opposingOrigins, "evidential origin")} ${say} the opposite.`;
    const wouldChange = [
      "What only one of the sides can explain: a document, a trail of the money, a finding of a court.",
    ];
    return { credibility: 4, why: [said, against, ...repeated, ...unknown], wouldChange };
  }
  const nameable = new Set(origins.flatMap(({ party, isUnnamed }) => (isUnnamed ? [] : [party])));
  if (nameable.size > 1 && contradictions === 0) {
    const wouldChange = ["That one of its origins has it from the other.", "An origin that says the opposite."];
    return { credibility: 1, why: [said, ...repeated, ...unknown], wouldChange };
  }
  const isFirstHand = origins.some(({ hasAccess, isInterested }) => hasAccess === true && !isInterested);
  const [has, isNot] = named.length === 1 ? ["It has", "It is not"] : ["One of them has", "None of them is"];
  const access = isFirstHand
    ? `${has} access of its own and no interest in what it says.`
    : `${isNot} known to have access of its own without an interest in what it says.`;
  return {
    credibility: isFirstHand && contradictions === 0 ? 2 : 3,
    why: [said, access, ...repeated, ...unknown],
    wouldChange: ["A second origin of the same position.", "An origin that says the opposite."],
  };
}

const inOrder = "ABCDEF";

function reliabilityOf(origins: readonly OriginEvidence[]): { reliability: Reliability; reason: string } {
  const known = origins.filter((origin) => origin.reliability !== null && origin.reliability !== "F");
  const [best] = known.sort((a, b) => inOrder.indexOf(a.reliability!) - inOrder.indexOf(b.reliability!));
  if (best === undefined)
    return { reliability: "F", reason: "Nothing is on record about the reliability of its origins." };
  return { reliability: best.reliability!, reason: `On record, ${best.party} is ${best.reliability}.` };
}

const unnamed = (documents: number): string =>
  documents === 1
    ? "1 document names no origin and counts for none."
    : `${documents} documents name no origin and count for none.`;

const carried = (outlets: number): string => `${counted(outlets, "outlet")} ${outlets === 1 ? "carries" : "carry"} it`;

const counted = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;
