import type { IncidentMethod } from "./incident.ts";

const cues: readonly (readonly [IncidentMethod, RegExp])[] = [
  ["phishing", /\b(?:spear-?\s?)?phish(?:ing|ed)\b/giu],
  ["social engineering", /\bsocial(?:ly)?[- ]engineer(?:ing|ed)\b/giu],
  ["ransomware", /\bransomware\b/giu],
  ["malware", /\b(?:malware|trojan|keylogger|backdoor|malicious (?:software|program))\b/giu],
  ["key compromise", /\b(?:compromis|leak|stol|steal|expos|theft|access)\w*(?: \w+){0,4} private keys?\b/giu],
  ["key compromise", /\bprivate keys?(?: \w+){0,6} (?:compromis|leak|stol|expos)\w*/giu],
  ["key compromise", /\b(?:admin|signing|validator|api) keys?(?: \w+){0,3} (?:compromis|leak|stol)\w*/giu],
  ["key compromise", /\b(?:compromis|leak|stol)\w*(?: \w+){0,3} (?:admin|signing|validator|api) keys?\b/giu],
  ["reentrancy", /\bre-?entran(?:cy|t)\b/giu],
  ["flash loan", /\bflash[- ]?loans?\b/giu],
  [
    "price manipulation",
    /\b(?:price|oracle)(?: \w+){0,2} manipulat\w+|\bmanipulat\w+(?: \w+){0,4} (?:price|oracle)s?\b/giu,
  ],
  ["smart-contract exploit", /\bsmart[- ]contracts?(?: \w+){0,4} (?:exploit|vulnerabilit|bug|flaw)\w*/giu],
  ["smart-contract exploit", /\b(?:exploit|vulnerabilit|bug|flaw)\w*(?: [\w’']+){0,5} (?:smart )?contracts?\b/giu],
  ["51% attack", /\b51\s?(?:%|percent|per cent)[ -]attack|\bmajority attack\b|\bdouble[- ]spen[dt]\w*\b/giu],
  ["SWIFT", /\bSWIFT\b/gu],
  ["ATM cash-out", /\bATMs?\b(?! network)|\bcash machines?\b/gu],
  ["supply chain", /\bsupply[- ]chain (?:attack|compromise|breach)\b/giu],
  ["insider", /\b(?:insider (?:attack|job|theft|threat)|inside job|rogue (?:employee|developer))\b/giu],
  ["exit scam", /\b(?:exit[- ]scam(?:med)?|rug[- ]?pull(?:ed|s)?)\b/giu],
  ["denial of service", /\b(?:DDoS|denial[- ]of[- ]service)\b/gu],
];

const turned = /\b(?:no|not|never|without|neither|nor|denie[sd]|deny|ruled? out|unlikely|unlike|such)\b/iu;
const contracted = /n[’']t\b|\b(?:prevent|avoid)/iu;
const turnedReach = 60;

export interface MethodFound {
  readonly method: IncidentMethod;
  /** UTF-16 offsets in the text. */
  readonly from: number;
  readonly to: number;
}

/** The ways of a theft that words name. What is denied or only an example is left out. */
export function methodsIn(text: string, offset: number): MethodFound[] {
  const found: MethodFound[] = [];
  for (const [method, pattern] of cues) {
    for (const match of text.matchAll(pattern)) {
      const before = text.slice(Math.max(0, match.index - turnedReach), match.index);
      if (turned.test(before) || contracted.test(before)) continue;
      found.push({ method, from: offset + match.index, to: offset + match.index + match[0].length });
      break;
    }
  }
  return found;
}
