import type { Outlet } from "../documents/document.ts";
import { masthead } from "../documents/masthead.ts";
import { newsroomOf } from "../documents/newsroom.ts";
import { pointsOf } from "../documents/points-of.ts";
import { publisherNamed } from "../documents/publisher-named.ts";
import type { Span } from "../span.ts";
import type { ShortNames } from "./aliases.ts";
import { countryByName, countryBySeat, countryWordsMax } from "./countries.ts";
import { withoutDescription } from "./described-name.ts";
import { type FirmsSpokenOf, isFirm, namesPublicBody } from "./own-papers.ts";
import { isOnlyOne, isOwnOf } from "./the-victim.ts";

/** A party as one document names it. */
export interface Party extends Span {
  /** Id of the document. */
  readonly document: string;
  /** The words as they stand. */
  readonly text: string;
  /** The same without article and possessive, for people to read. */
  readonly name: string;
  /**
   * `media`: a newsroom or agency; `open`: a word that only points ("the report", "she"); `paper`: a document;
   * `unnamed`: somebody who is not to be known ("two people familiar with the matter"), of each document its own;
   * `named`: anybody else.
   */
  readonly kind: "media" | "open" | "paper" | "unnamed" | "named";
  /**
   * The words that tell it from others, sorted: countries as `@KP`, newsrooms as `~Reuters`, short names written out,
   * without words for papers, offices of a speaker and the like. Empty for an open one.
   */
  readonly identity: readonly string[];
}

export interface Newsroom {
  readonly name: string;
  /** Several names may be of one newsroom, which counts once. */
  readonly family: string;
}

/** The key of a newsroom's name in a {@link NameBook}. */
export function newsroomKey(name: string): string {
  return cleanName(name).toLowerCase();
}

/** How a newsroom's identity is written: `~Reuters`. */
export function newsroomIdentity(outlet: Outlet): readonly string[] {
  return [`~${newsroomOf(outlet)}`];
}

/**
 * The party that an outlet is where it is no newsroom: a ministry, an exchange, a court that publishes its own papers.
 * null for newsrooms, and where neither its name nor another's text says.
 * @param firms whom texts speak of as of a firm
 */
export function bodyOf(
  outlet: Outlet,
  shortNames: ShortNames,
  firms: FirmsSpokenOf = new Map(),
): Pick<Party, "name" | "identity"> | null {
  const name = cleanName(outlet.name);
  if (publisherNamed(name) !== null || masthead.test(name) || mediaWord.test(name)) return null;
  const { identity } = identityOf(name, shortNames);
  if (identity.length === 0) return null;
  // "Arden Bank", "Ministry of Finance": a word for what it is, and another for which one.
  const isBody = identity.length > 1 && identity.some((word) => pointing.has(word));
  return isBody || namesPublicBody(name) || isFirm(outlet.name, firms) ? { name, identity } : null;
}

/** What is known of names when a naming is read. */
export interface NameBook {
  readonly shortNames: ShortNames;
  /** Newsrooms that documents here are of, by their names in small letters and without "the". */
  readonly newsrooms: ReadonlyMap<string, Newsroom>;
  /** The bodies whose own papers documents here are, by the documents' ids. */
  readonly bodies: ReadonlyMap<string, Pick<Party, "name" | "identity">>;
  /** The one victim whom a document tells of and names in its title, by the document's id. */
  readonly victims?: ReadonlyMap<string, string>;
}

const papers = new Set(
  (
    "report statement letter document filing paper dossier memo complaint indictment affidavit ruling " +
    "judgment verdict release announcement notice email post tweet blog audit study review survey " +
    "investigation inquiry testimony transcript data record analysis advisory alert bulletin study " +
    "finding interview copy draft"
  ).split(" "),
);
/** Who speaks for somebody is not somebody else. */
const voices = new Set(
  (
    "spokesperson spokesman spokeswoman spokespeople representative official officials source sources " +
    "person people member members head expert experts author authors lawyer lawyers attorney investigator " +
    "investigators panel commentary media medium news state run controlled owned backed official " +
    "confidential new recent separate latest internal leaked unpublished published preliminary final " +
    "earlier previous same public joint written press agency spoke speaker chief executive ceo managing " +
    "director chairman chairwoman chairperson president founder co"
  ).split(" "),
);
const pronouns = new Set(
  (
    "he she it they we i you who which that this those these his her its their him them us himself " +
    "herself itself themselves both one another some many others several all none neither"
  ).split(" "),
);
const small = new Set(
  (
    "the a an of for from to in on at by with and or as is was were been submitted seen reviewed obtained " +
    "dated who which that said whose former then s against about into between its his her their our my " +
    "your two three four five mr mrs ms miss dr sir dame lord lady sen rep gov gen col capt lt sgt prof " +
    "professor inspector detective officer sergeant superintendent commissioner senator congressman " +
    "congresswoman"
  ).split(" "),
);
/** Nouns that only point to somebody named elsewhere. */
const pointing = new Set(
  (
    "country nation government regime group company firm exchange bank agency authority authorities " +
    "organisation organization body committee panel court judge man woman team hacker hackers suspect " +
    "suspects defendant police prosecutor prosecutors ministry department office platform project victim " +
    "administration side party parties monitor monitors observer observers analyst analysts broker lender operator " +
    "developer protocol network startup service insurer regulator watchdog manufacturer trader builder " +
    "owner founder critic critics user users customer customers researcher researchers investigative"
  ).split(" "),
);
const bodies: ReadonlyMap<string, string> = new Map([
  ["un", "united nations"],
  ["fbi", "federal bureau of investigation"],
  ["eu", "european union"],
  ["imf", "international monetary fund"],
  ["doj", "department of justice"],
  ["justice department", "department of justice"],
  ["state department", "department of state"],
  ["treasury department", "department of the treasury"],
]);
const mediaWord =
  /\b(?:newspaper|news agency|news outlet|newswire|wire service|broadcaster|magazine|tabloid|news site)\b/iu;
/** Whether a word of a name is one that many names have: "bank", "exchange". */
export function isCommon(word: string): boolean {
  return pointing.has(word);
}

/** Bodies that speak under such a name and no other: "police said". */
const institutions = new Set("police prosecutor authority government court ministry".split(" "));
const unnamed = new RegExp(
  String.raw`^(?:(?:an?|one|two|three|four|five|six|several|some|many|multiple|other|\d+)\s+)?(?:[\p{Ll}-]+\s+)?` +
    "(?:people|persons?|sources?|insiders?|individuals?)" +
    String.raw`(?:\s+(?:familiar|close|with|briefed|at|in|inside|near)(?!\p{L}).*)?$`,
  "iu",
);

/**
 * Whether a name only describes: "Ruritanian lender", "former engineer at Acme". Such a one may be anybody who is named
 * elsewhere. A country's institution ("Ruritanian police") is one by itself, and who speaks for Acme is Acme.
 */
export function isDescription(name: string): boolean {
  const head = cleanName(name).replace(
    /,.*$|\s+(?:of|at|for|in|from|with|to|on|near|behind|close|familiar)\s.*$/su,
    "",
  );
  const words = head.split(/[\s-]+/u);
  if (words.some((word) => /\d|@/u.test(word) || voices.has(singular(word.toLowerCase())))) return false;
  const { identity } = identityOf(head, new Map());
  if (identity.some((word) => institutions.has(word)) || /(?<!\p{L})central bank/iu.test(head)) return false;
  const noun = words.at(-1) ?? "";
  const isPlace = (word: string, at: number) => ofPeople.test(word) || countryAt(lowered(words), at) !== null;
  return /^\p{Ll}/u.test(noun) && words.every((word, at) => /^\p{Ll}/u.test(word) || isPlace(word, at));
}

/** "Ecuadorean", "Maltese": adjectives of peoples that the list of countries may not have. */
const ofPeople = /^\p{Lu}\p{Ll}+(?:ian|ean|ese|ish)$/u;

const lowered = (words: readonly string[]): string[] => words.map((word) => word.toLowerCase().replace(/['’]s$/u, ""));

/** Reads who is meant by the words at a span, as far as the words tell. */
export function readParty(document: { id: string; text: string }, span: Span, book: NameBook): Party {
  const text = pointsOf(document).slice(span);
  const core = withoutPlace(withoutClause(text));
  const name = cleanName(core);
  const base = { document: document.id, start: span.start, end: span.end, text, name };
  const newsroom = newsroomIn(core, book);
  if (newsroom !== null) return { ...base, name: newsroom.name, kind: "media", identity: [`~${newsroom.family}`] };
  const described = [withoutDescription(core), ...bodySpokenFor(text)].join(" of ");
  const own = identityOf(described, book.shortNames);
  const victim = victimMeant(document, core, { own, book });
  if (victim !== null)
    return { ...base, name: cleanName(victim), kind: "named", identity: identityOf(victim, book.shortNames).identity };
  const { identity, isPaper, points } = pointedAt(document, core, own);
  if (mediaWord.test(core) || masthead.test(name)) return { ...base, kind: "media", identity };
  if (unnamed.test(core)) return { ...base, kind: "unnamed", identity: [`?${document.id}`, ...traitsOf(core)] };
  // "the agency" and "a spokesman for the exchange" point to a name elsewhere; "an exchange in Oslo" is one by itself.
  if (identity.length === 0 || identity.every((word) => pointing.has(word) && (points || !institutions.has(word))))
    return { ...base, kind: "open", identity: [] };
  return { ...base, kind: isPaper ? "paper" : "named", identity };
}

/** Names that end in a noun ("Harbour Bank"), by the noun, as a document writes them. */
const namesEnding = new WeakMap<object, Map<string, Set<string>>>();

function namesEndingIn(document: { text: string }, noun: string): ReadonlySet<string> {
  let byNoun = namesEnding.get(document);
  if (byNoun === undefined) {
    byNoun = new Map();
    for (const [name] of document.text.matchAll(/\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)+/gu)) {
      const words = name
        .toLowerCase()
        .replace(/['’]s(?!\p{L})/gu, "")
        .split(" ")
        .filter((word) => word !== "the");
      const last = words.at(-1) as string;
      if (words.length > 1 && pointing.has(last))
        byNoun.set(last, (byNoun.get(last) ?? new Set()).add(words.join(" ")));
    }
    namesEnding.set(document, byNoun);
  }
  return byNoun.get(noun) ?? new Set();
}

/** What is told of somebody unnamed: "three people familiar with the matter" and "people familiar" may be the same. */
function traitsOf(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return [...new Set(words.filter((word) => !small.has(word) && !pronouns.has(word) && !voices.has(singular(word))))]
    .filter((word) => !/^(?:people|persons?|sources?|six|matter|situation|issue)$/u.test(word))
    .sort();
}

/** "the bank" where a document names none as one: the one victim it tells of, if it speaks of no other bank. */
function victimMeant(
  document: { id: string; text: string },
  text: string,
  { own, book }: { readonly own: Identity; readonly book: NameBook },
): string | null {
  const victim = book.victims?.get(document.id);
  if (victim !== undefined && isOwnOf(document.text, text, victim)) return victim;
  const [noun, ...more] = own.identity;
  if (victim === undefined || noun === undefined || more.length > 0 || !/^(?:the|that|this)\b/iu.test(text))
    return null;
  return namesEndingIn(document, noun).size === 0 && isOnlyOne(document.text, noun, victim) ? victim : null;
}

/** "the bank" is the one bank that the document names, where it names only one. */
function pointedAt(document: { text: string }, text: string, read: Identity): Identity {
  if (!/^(?:the|that|this)\b/iu.test(text)) return read;
  const identity = read.identity.flatMap((word) => {
    if (!pointing.has(word)) return [word];
    const names = namesEndingIn(document, word);
    const [only] = names.size === 1 ? names : [];
    return only === undefined ? [word] : only.split(" ").map(singular);
  });
  return { ...read, identity: [...new Set(identity)].sort() };
}

/** Without what is told about it: ", who …", " seen by Reuters", " in a letter". */
function withoutClause(text: string): string {
  return text
    .replace(/^(?:both|even|also|only)\s+/iu, "")
    .replace(/[,;(]?\s*\b(?:who|which|that|whose)\b.*$/isu, "")
    .replace(
      /\s+(?:seen|reviewed|obtained|viewed|examined|carried|published|released|issued|quoted|cited)\s+by\b.*$/isu,
      "",
    )
    .trim();
}

const offices =
  "spokes\\p{L}+|head|director|chief|chief executive|managing director|chair\\p{L}*|president|founder|co-founder|" +
  "lawyers?|attorney|representative";
const leads = "heads|leads|runs|chairs|directs|represents|speaks for|founded";
const office = String.raw`(?:an?|the|its)?\s*(?:[\p{Ll}-]+\s+){0,2}(?:${offices})(?:\s+(?:of|for|at|with))?`;
const clauseOfBody = new RegExp(String.raw`,\s*(?:who (?:${leads})|${office})\s+(.+)$`, "isu");

/** The body that a person speaks for, where a clause behind the name says so: "Ana Cole, who heads the NFO". */
function bodySpokenFor(text: string): string[] {
  const body = clauseOfBody.exec(text)?.[1]?.replace(/[,;].*$/su, "");
  return body === undefined || !/\p{Lu}/u.test(body) ? [] : [body];
}

/** "The broker at the centre of the theft" is "the broker": what follows tells about it, and is not who it is. */
function withoutPlace(text: string): string {
  const [, head = "", noun = ""] =
    /^((?:the|this|that) (?:[\p{Ll}-]+ )?([\p{Ll}-]+)) (?:at|in|on|behind|under|near|involved)\b/iu.exec(text) ?? [];
  return pointing.has(singular(noun)) ? head : text;
}

function cleanName(text: string): string {
  return text
    .replace(/^(?:the|a|an|its|their|his|her|this|that)\s+/iu, "")
    .replace(/\s+/gu, " ")
    .trim();
}

/** The newsroom among the names in a phrase: "news agency Reuters", "North Korea's state-run KCNA news agency". */
function newsroomIn(text: string, { newsrooms, shortNames }: NameBook): Newsroom | null {
  const runs = text.match(capitals) ?? [];
  const whole = text.replace(/\s*\([^)]*\)/gu, "");
  const bare = runs.map((one) => one.replace(/['’]s$/u, ""));
  for (const run of [whole, ...runs, ...bare].map(cleanName)) {
    const long = shortNames.get(run.toLowerCase().replace(/\./gu, ""));
    const known = publisherNamed(run) ?? (long === undefined ? null : publisherNamed(long));
    if (known !== null) return known;
    const own = newsrooms.get(run.toLowerCase());
    if (own !== undefined) return own;
  }
  return null;
}

const capitals = /\p{Lu}[\p{L}\p{N}.&'’-]*(?:\s+(?:(?:of|the|de|and)\s+)?[\p{Lu}\d][\p{L}\p{N}.&'’-]*)*/gu;

interface Identity {
  readonly identity: readonly string[];
  readonly isPaper: boolean;
  /** It begins like a reference: "the …", "that …", or is a bare plural. */
  readonly points: boolean;
}

function identityOf(text: string, shortNames: ShortNames): Identity {
  const words = wordsIn(text, shortNames);
  const points =
    /^(?:the|this|that|these|those|both|such|its|his|her|their)\b/iu.test(text) || /^\p{Ll}+s$/u.test(text);
  const identity = new Set<string>();
  let isPaper = false;
  const seat = countryBySeat.get(words.join(" "));
  if (seat !== undefined) return { identity: [`@${seat}`], isPaper: false, points: false };
  for (let at = 0; at < words.length; ) {
    const country = countryAt(words, at);
    if (country !== null) {
      identity.add(`@${country.code}`);
      at += country.words;
      continue;
    }
    const word = words[at] as string;
    const single = singular(word);
    if (papers.has(single)) isPaper = true;
    else if (!small.has(word) && !voices.has(single) && !pronouns.has(word) && !/^\d+$/u.test(word))
      identity.add(single);
    at++;
  }
  return { identity: [...identity].sort(), isPaper, points };
}

function wordsIn(text: string, shortNames: ShortNames): string[] {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/\b(\p{Lu})\.(?=\p{Lu}\.)/gu, "$1")
    .replace(/\b(\p{Lu}{2,})\./gu, "$1")
    .replace(/\bS\. ?(?=Africa|Korea|Sudan)/gu, "South ")
    .replace(/\bN\. ?(?=Korea|Ireland|Macedonia)/gu, "North ")
    .replace(/['’]s\b/gu, "")
    // A person's name, and not the country's.
    .replace(
      /\b(Jordan|Chad|Israel|Kenya|Dominica) (?=\p{Lu}[\p{Ll}]+(?! (?:Ministry|Police|Government|Army|Bank)))/gu,
      "$1_",
    );
  const words: string[] = [];
  for (const [word] of plain.matchAll(/[\p{L}\p{N}_]+/gu)) {
    const low = word.toLowerCase();
    const isShort = word === word.toUpperCase() && word.length > 1;
    const long = isShort ? (shortNames.get(low) ?? bodies.get(low)) : undefined;
    // "us" is a pronoun, "US" a country.
    if (long !== undefined)
      words.push(
        ...long
          .replace(/[^\p{L}\p{N}]+/gu, " ")
          .trim()
          .split(" "),
      );
    else words.push(low === "us" && isShort ? "usa" : low);
  }
  let joined = ` ${words.join(" ")} `;
  for (const [short, long] of bodies) joined = joined.replaceAll(` ${short} `, ` ${long} `);
  return joined
    .trim()
    .split(" ")
    .filter((word) => word !== "");
}

function countryAt(words: readonly string[], at: number): { code: string; words: number } | null {
  for (let length = Math.min(countryWordsMax, words.length - at); length > 0; length--) {
    const code = countryByName.get(words.slice(at, at + length).join(" "));
    if (code !== undefined) return { code, words: length };
  }
  return null;
}

function singular(word: string): string {
  if (/ies$/u.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  return /[^su]s$/u.test(word) && word.length > 3 ? word.slice(0, -1) : word;
}
