import { unitOfCode } from "../claims/figures/currencies.ts";
import { countryOfWords } from "../claims/parties/country-names.ts";
import type { IncidentKind } from "./incident.ts";

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/u));

/** Words for one deed. In the singular: "attacks" are many, and nothing beside them is about one. */
export const deedNouns = set(
  "hack heist cyberheist cyber-heist theft robbery breach exploit attack cyberattack cyber-attack intrusion raid " +
    "hijacking burglary incident compromise hacking",
);
/** What somebody loses or suffers besides those. */
export const lossNouns = set("loss losses scam fraud manipulation vulnerability");
export const deedVerbs = set(
  "hacked attacked robbed breached exploited drained looted compromised infiltrated hit targeted struck penetrated " +
    "raided burgled",
);
/** The same as headlines have them; they are verbs only behind one who does it. */
export const presentVerbs = set("hack breach exploit drain attack hit target rob loot hacks breaches exploits drains");
export const takingVerbs = set("stole stolen siphoned stealing steal siphoning drained looted took taken");
export const ownLossVerbs = set("lost loses losing lose");
export const sufferVerbs = set(
  "suffers suffered suffer suffering faces faced experiences experienced incurs incurred undergoes underwent " +
    "sustains sustained endures endured fell falls",
);
/** Their date is that of the telling, not of the deed. */
export const reportVerbs = set(
  "reports reported discloses disclosed confirms confirmed announces announced reveals revealed",
);
export const auxiliaries = set(
  "was were is are been being be got has had have having reportedly allegedly also recently then later again first " +
    "just apparently initially subsequently itself once",
);

/** Written with a capital in headlines and at the beginning of sentences, and never the name of a victim. */
const neverNames = set(
  "the a an this that these those it its he she they we i you his her their our who which what when where while " +
    "after before during following since despite although because if in on at by for from of to with and or but " +
    "as into over under about around nearly approximately almost more less up several many most some all both " +
    "each another other one two three four five six seven eight nine ten million billion trillion thousand " +
    "hundred january february march april may june july august september october november december monday tuesday " +
    "wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec utc gmt est pst " +
    "summary attackers attacker losses loss timeline total source sources note update breaking report reports " +
    "breakdown context background hackers hacker hacking hacked hack hacks thieves thief robbers criminals actors " +
    "group gang users user investors customers victims victim clients people traders depositors stolen stealing " +
    "steals steal stole lost loses losing lose suffers suffered suffer faces faced experiences reportedly " +
    "allegedly alleged suspected exploited exploit exploits attack attacked attacks cyberattack cyber-attack " +
    "cyberattacks breach breached breaches heist theft robbery incident drained drains hit hits due leads leading " +
    "led results resulting resulted funds fund money dollars dollar euros worth crypto cryptocurrency " +
    "cryptocurrencies cryptos bitcoin bitcoins ether tokens token coins coin assets digital currency virtual " +
    "funds security data flash reentrancy smart contract contracts price oracle manipulation hot cold private key " +
    "keys brute force multi-signature multisig governance signature verification vulnerability vulnerabilities " +
    "bug code website server web defi nft exchange exchanges bank banks central bridge bridges protocol protocols " +
    "network blockchain chain wallet wallets platform platforms company firm business financial institution " +
    "institutions north south east west korean sanctions un eu fbi cia interpol europol reuters government police " +
    "authorities officials researchers experts analysts north-korean state-sponsored cyber-heist cyber linked " +
    "behind how why new old first second third largest biggest massive major huge not no yes according however " +
    "meanwhile exit rug pull scam fraud ponzi phishing malware ransomware social engineering insider supply " +
    "infrastructure liquidity pool pools vault vaults lending farms yield staking users' can could would will " +
    "should has have had is was were are be been being did does do here there then now just also only even still " +
    "ceo cto founder via per at unknown white black hat hats whitehat address addresses transaction transactions " +
    "block blocks north american european asian african western eastern loan loans survive survives hardest " +
    "multiple delayed potential ddos dos mev sim sql dns sybil api nft rpc ceo coo cfo cto executes executed " +
    "disappears vanished collapses collapsed collapse incurs incurred founders founder cooperative hybrid " +
    "payment payments coordinated insurance stablecoin dex dao dapp",
);

/** Where something happens, seldom who it happens to: these are victims only within a longer name. */
const venues = set(
  "ethereum solana arbitrum optimism avalanche fantom tron twitter telegram discord x mainnet facebook " +
    "instagram github reddit windows android linux",
);

/** Kinds of the robbed by the noun that calls them so; the longer first. */
const kindNouns: readonly (readonly [RegExp, IncidentKind])[] = [
  [/\b(?:bridge|cross-chain)\b/iu, "bridge"],
  [/\b(?:exchange|trading platform|crypto-exchange|exchanges)\b/iu, "exchange"],
  [/\b(?:bank|central bank|lender)\b/iu, "bank"],
  [/\b(?:defi|decentrali[sz]ed finance|protocol|lending platform|yield aggregator|stablecoin|dex)\b/iu, "protocol"],
  [/\b(?:blockchain|layer[- ]1|proof-of-work)\b/iu, "blockchain"],
  [/\bwallet\b/iu, "wallet"],
  [/\b(?:casino|gambling|betting)\b/iu, "casino"],
  [/\b(?:payment|payments|remittance)\b/iu, "payment service"],
  [/\b(?:ministry|government|agency|treasury)\b/iu, "government"],
  [/\b(?:studio|studios|company|firm|maker|retailer|developer|broker|custodian|startup)\b/iu, "company"],
];

/** What a few words call the robbed. */
export function kindOfWords(words: string): IncidentKind | null {
  for (const [pattern, kind] of kindNouns) if (pattern.test(words)) return kind;
  return null;
}

/** Lower-case nouns that a name goes on with: "the Bangladesh central bank", "Nomad bridge". */
export const orgNouns = set("bank exchange bridge protocol network platform studio studios wallet casino ministry");

/** Words of a name that tell nothing about whose it is. */
const generic = set(
  "the of a an and bank banks central national exchange group company inc ltd corp limited international finance " +
    "financial protocol network reserve federal new for system entertainment pictures studio studios fund capital " +
    "holdings republic platform bridge foundation technologies technology labs crypto cryptocurrency markets wallet " +
    "chain blockchain dao casino ministry atm users",
);

/** Whether one word may stand in a victim's name at all. */
export function mayName(word: string, lower: string): boolean {
  if (neverNames.has(lower) || lower.endsWith("-based") || sufferVerbs.has(lower) || reportVerbs.has(lower))
    return false;
  // "ETH" and "USD" are what is taken; a name of a coin in small letters may be the victim ("Feathercoin").
  return !(word === word.toUpperCase() && unitOfCode(word) !== null) || word.length > 5;
}

/** Whether a word that may not be a name by itself may stand within one: "Mango Markets", "BSC Token Hub". */
export const mayContinue = (lower: string): boolean => continuing.has(lower);
const continuing = set(
  "cooperative payments " +
    "exchange bank bridge protocol network finance platform company group central national token bitcoin cash gold " +
    "security wallet markets farms north south new first old white black pool chain smart crypto digital cold street " +
    "second east west fund vault lending staking hub one social private money research capital sv diamond network",
);
/** "Bitcoin Gold" is a chain, "Hundred Finance" a firm: what begins them is neither by itself. */
const beginnings = set("bitcoin hundred one first new black white second digital money crypto smart token");
const endings = set("gold cash sv diamond finance bank capital protocol money research markets exchange network");

/** Whether two words that are no names begin one together. */
export const beginName = (one: string, two: string): boolean =>
  beginnings.has(one) && endings.has(two) && !(one === "crypto" && two === "exchange");

/**
 * The telling words of a name, in small letters: what two names of one victim share. Countries count if nothing else.
 */
export function tellingWords(name: string): string[] {
  const words = name
    .toLowerCase()
    .replace(/[’']s\b/gu, "")
    .split(/[^\p{L}\p{M}\p{N}.&-]+/u)
    .map((word) => word.replace(/^[.&-]+|[.&-]+$/gu, ""))
    .filter((word) => word !== "");
  const telling = words.filter((word) => !generic.has(word));
  const proper = telling.filter((word) => countryOfWords(capital(word)) === null);
  const kept = proper.length > 0 ? proper : telling;
  return kept.every((word) => venues.has(word)) ? [] : kept;
}

const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1);
