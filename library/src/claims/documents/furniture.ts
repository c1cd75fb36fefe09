/**
 * What the pages of news sites carry around their stories, by its wording. Lists of forms in which publishing systems
 * write it, not of sentences of single sites; a wording that is missing is still caught by its place (`mark-blocks`).
 */

/** Alternatives, over several lines. */
const or = (...parts: string[]) => `(?:${parts.join("|")})`;
const line = (...patterns: string[]) => new RegExp(`^${or(...patterns)}$`, "iu");
const start = (...patterns: string[]) => new RegExp(`^${or(...patterns)}`, "iu");
const raw = String.raw;

const stories = or(
  "stor(?:y|ies)|posts?|articles?|news|content|coverage|reading|reads",
  "topics?|links?|items|headlines|videos?",
);
const kindOfStories = or(
  "related|more|other|similar|recommended|trending|popular",
  "latest|top|recent|featured|must[- ]read",
);
const where = raw`(?:\s+(?:now|today|for you|on the web|on .{1,40}|in .{1,40}|posts?))?`;

/** Begins a list of other stories. */
const listOfStories = line(
  raw`${kindOfStories}\s+${stories}\W*`,
  raw`(?:most|more)\s+(?:read|popular|viewed|shared|commented|from|on|in|like this)(?:\s[^.!?]{0,60})?`,
  raw`(?:read|up|watch|coming up)\s+(?:next|more|also)\W*`,
  raw`(?:related|trending|recommended|latest|popular|see also|also read|keep reading|elsewhere)${where}\W*`,
  raw`(?:you|readers)\s+(?:may|might|could|will)\s+(?:also\s+)?(?:like|love|enjoy|be interested in)\W*`,
  raw`what(?:'|’)?s\s+(?:hot|new|trending|next)(?:\s.{0,60})?`,
  raw`(?:editors?(?:'|’)?s?(?:'|’)?|our)\s+(?:picks?|choice|recommendations?)\W*`,
  raw`(?:from\s+(?:around|across|elsewhere on)\s+the\s+web|around the web|from our (?:partners|network))\W*`,
  raw`(?:sponsored|promoted)(?: content| stories)?\W*`,
  raw`(?:in case you missed it|don(?:'|’)?t miss|people (?:also )?(?:read|viewed)|readers also read)\W*`,
);

/** Another story in one line, as it stands between paragraphs. */
const otherStory = start(
  raw`(?:also\s+)?(?:read|see|watch)(?:\s+(?:more|also|next))?\s*[:|»>]`,
  raw`(?:related(?:\s+${stories})?|more|don(?:'|’)?t miss|recommended)\s*[:|»>]`,
  raw`(?:read|see|watch)\s+(?:more|also)\s*[-–—:]?\s+(?=\p{Lu}|['"‘“])`,
);

const labels = or(
  raw`home|menu|search|sections?|subscribe|sign (?:in|up)|log ?in|log ?out|register|my account|newsletters?`,
  raw`contact(?: us)?|about(?: us)?|advertise(?: with us)?|careers|help|faq|sitemap|rss|archives?|next|previous`,
  raw`topics?|categor(?:y|ies)|tags?|keywords|labels|filed under|back(?: to top)?|skip to .{1,30}|top|close|ok`,
  raw`advertisements?|ads?|loading`,
);
const counted = or("shares?|views?|likes?|comments?|tweets?|retweets?|reads?|claps?|reactions?");
const sharing = or(
  "facebook|twitter|x|linkedin|whats ?app|telegram|reddit|e-?mail|pinterest|pocket|copy link|link copied!?",
  "print|messenger|flipboard|tumblr|line|sms|save|share|tweet|pin",
);
const networks = "telegram|twitter|facebook|whatsapp|instagram|linkedin|youtube|discord|channel|group|page|google news";

/** The site's own: labels, buttons, notices. */
const own: readonly RegExp[] = [
  // Ways through the site.
  /^[^.!?]{1,40}(?:\s*[>»›→]\s*[^.!?>»›→]{1,60}){1,6}$/u,
  /^[^.!?|]{1,25}(?:\s*[|•·]\s*[^.!?|•·]{1,25}){2,20}$/u,
  line(raw`${labels}\W*`, raw`(?:tags?|keywords|topics|filed under|categories|labels)\s*:.{0,200}`),
  line(raw`search\s[^.!?]{1,40}`),
  // Sharing, printing, commenting.
  line(
    raw`(?:[\d.,]+\s*[km]?\s*)?${counted}(?:\s*[:\d.,]+\s*[km]?)?(?:\s*[|•·/]?\s*[\d.,]+\s*[km]?\s*${counted})*\W*`,
    raw`(?:${sharing}\b[\s,|/•·]*)+`,
    raw`(?:share|print|e-?mail|tweet|save|bookmark|listen to|copy|gift|download)\s+` +
      raw`(?:this|to|on|via|article|story|page|link|pdf|friendly|the|with)\b[^.!?]{0,60}`,
    raw`(?:leave|post|write|add|view|show|join|load|see)\s+(?:a |an |the |all |your |more )*` +
      raw`(?:comments?|reply|replies|conversation|discussion)\W*[^.!?]{0,30}`,
    raw`comments? (?:powered by|are closed|policy|section).{0,60}`,
    raw`no comments(?: yet)?\W*|please enable javascript.{0,80}`,
    raw`(?:\d+|a|one|two|three|four|five)[ -]min(?:ute)?s?(?:\s+(?:read|listen|watch))\W*`,
    raw`(?:reading|read) time\W.{0,30}`,
  ),
  // Asking for something.
  start(
    raw`(?:please )?(?:join|follow|like|find|visit)\s+(?:us|our)\b.{0,120}(?:${networks})`,
    raw`(?:sign up|subscribe|register|log in|sign in|click here|download)\s+(?:now|today|here|for|to|our|the)\b`,
    raw`(?:get|receive)\s.{1,60}(?:in|to) your (?:inbox|e-?mail)`,
    raw`(?:support (?:us|our|independent)|donate (?:to us|now|today)|become a (?:member|patron|subscriber))\b`,
    raw`(?:this (?:site|website) uses cookies|we use cookies|by (?:clicking|continuing|using|signing))\b`,
    raw`(?:accept (?:all )?cookies|manage (?:cookies|consent))\b`,
    raw`(?:please )?enter\s.{0,80}\b(?:api key|plugin|e-?mail|password)\b`,
    raw`(?:got a|have a|have you got a) (?:tip|story)\b`,
  ),
  // Fine print.
  start(
    raw`(?:©|\(c\)\s|copyright\s*(?:©|\d|\(c\)|by\b)|all rights reserved)`,
    raw`(?:any |no )?unauthori[sz]ed (?:use|reproduction|copying)`,
    raw`(?:no )?part of this .{1,40} may be reproduced|republication or redistribution`,
    raw`(?:warning|disclaimer|disclosure|legal notice|notice)\s*:?\s*$`,
    raw`(?:terms (?:of use|and conditions)|privacy policy|cookie policy)\s*:?\s*$`,
    raw`(?:disclaimer|disclosure|affiliate disclosure)\s*:`,
    raw`(?:(?:the )?(?:views|opinions)|the information|this (?:article|content|material|site|page))\b.{0,80}\b` +
      raw`(?:solely|necessarily|do(?:es)? not (?:constitute|represent|reflect)|financial advice|investment advice)\b`,
    raw`this (?:article|content|material) is .{0,40}\binformational purposes\b`,
    raw`.{0,80}\b(?:all rights reserved|lose all (?:of )?(?:the|your) money|high[- ]risk investment)\b`,
    raw`.{0,80}\b(?:capital (?:is )?at risk|not (?:financial|investment) advice)\b`,
    raw`(?:reporting|editing|additional reporting|writing) by\s.{1,200}$`,
    "our standards:",
  ),
];

const before = or(
  raw`\b(?:via|courtesy of)\s+`,
  raw`[-–—/|(©]\s*`,
  raw`\b(?:photo|image|picture|illustration|graphic)s?\s*(?:by|credit|courtesy|source)?\s*:\s*`,
  raw`\.\s+`,
);
const lenders = or(
  "REUTERS|Reuters|AP|AFP|EPA|Getty(?: Images)?|Shutterstock|Unsplash|Pixabay|Yonhap|KCNA|TASS|Xinhua|AP Photo",
  "iStock|Alamy|File(?: photo| image)?|Handout",
);
const person = raw`[\p{L}.' ]`;
const caption = new RegExp(
  raw`${before}(?:${person}{0,40}\s?[/|]\s?)?${lenders}(?:\s?[/|]\s?${person}{1,40})?\)?\s*$`,
  "u",
);
const captionStart =
  /^(?:photo|image|picture|pic|illustration|graphic|file (?:photo|image)|featured image|photograph)s?\b[^:]{0,20}:/iu;
const pictured = new RegExp(
  or(
    raw`\bin this (?:(?:still|file|undated|handout|screen) ?)*(?:image|photo|picture|illustration|grab|frame)\b`,
    raw`\b(?:is|are) (?:seen|pictured) in this\b`,
  ),
  "iu",
);

/** Longer than this it is running text that happens to begin so. */
const ownWordsMax = 70;
const captionWordsMax = 45;
const listWordsMax = 14;
/** A word may be as long as a document that is made to cost much. */
const furnitureUnitsMax = 700;

export type Furniture = "list-of-stories" | "tags" | "other-story" | "own" | "caption";

/** What kind of furniture a line is by its wording; null where it is none. */
export function furnitureOf(text: string, words: number): Furniture | null {
  if (words > ownWordsMax || text.length > furnitureUnitsMax) return null;
  if (/^(?:tags?|topics|keywords|filed under)\W*$/iu.test(text)) return "tags";
  if (words <= listWordsMax && listOfStories.test(text)) return "list-of-stories";
  if (otherStory.test(text)) return "other-story";
  if (words <= captionWordsMax && (captionStart.test(text) || pictured.test(text) || caption.test(text)))
    return "caption";
  return own.some((pattern) => pattern.test(text)) ? "own" : null;
}
