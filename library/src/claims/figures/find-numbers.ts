import { unitOfCode, unitOfName } from "./currencies.ts";
import { unitOfLetters } from "./letter-units.ts";
import { dozenWords, letterScales, partWords, scaleOf, smallWords } from "./number-words.ts";
import { compareRatios, plus, type Ratio, ratio, tenTo, times } from "./ratio.ts";
import { type NumberRead, readDigits } from "./read-digits.ts";
import type { Token } from "./tokens.ts";

const hundred = ratio(100n);
const vulgar: Record<string, Ratio> = {
  "½": ratio(1n, 2n),
  "¼": ratio(1n, 4n),
  "¾": ratio(3n, 4n),
  "⅓": ratio(1n, 3n),
  "⅔": ratio(2n, 3n),
  "⅙": ratio(1n, 6n),
};

/** All numbers of a text, in digits and in words, in order and apart from each other. */
export function findNumbers(tokens: readonly Token[]): NumberRead[] {
  const found: NumberRead[] = [];
  for (let at = 0; at < tokens.length; ) {
    const number = readNumber(tokens, at);
    if (number !== null) found.push(number);
    at = number === null ? at + 1 : number.next;
  }
  return found;
}

/** The number that starts at a token, with its sign, scale and fraction, or null. */
export function readNumber(tokens: readonly Token[], first: number): NumberRead | null {
  const token = tokens[first] as Token;
  if (token.kind === "word" && !startsNumber(token.lower)) return null;
  // "Q29 million": what multiplies digits that are not read is no number by itself.
  if (token.kind === "word" && tokens[first - 1]?.kind === "digits" && scaleOf(token.lower) !== undefined) return null;
  const negative = token.lower === "minus" || token.lower === "negative" || isSign(tokens, first);
  const at = negative ? first + 1 : first;
  const head = tokens[at];
  if (token.lower === "one" && /^(?:the|this|that|which)$/.test(tokens[first - 1]?.lower ?? "")) return null;
  if (head === undefined || (negative && head.gap === 2) || (head.kind === "mark" && !opensNumber(tokens, at))) {
    return null;
  }
  const number = readFraction(tokens, at) ?? extend(tokens, readDigitsScaled(tokens, at) ?? readWords(tokens, at, 99));
  if (number === null || touchesWord(tokens, number)) return null;
  return negative ? { ...number, first, value: times(number.value, ratio(-1n)) } : number;
}

const opensNumber = (tokens: readonly Token[], at: number) =>
  (tokens[at]?.text === "." && tokens[at + 1]?.kind === "digits") || (tokens[at]?.text ?? "") in vulgar;

const startsNumber = (word: string): boolean =>
  smallWords.has(word) || scaleOf(word) !== undefined || /^(?:an?|half|quarter|minus|negative)$/.test(word);

function isSign(tokens: readonly Token[], at: number): boolean {
  const [token, after, before] = [tokens[at], tokens[at + 1], tokens[at - 1]];
  if ((token?.text !== "-" && token?.text !== "−") || after?.gap !== 0 || token === undefined) return false;
  if (after.kind !== "digits" && after.text !== ".") return false;
  return before === undefined || token.gap > 0 || (before.kind === "mark" && before.text !== "-");
}

/** "S10", "180ml", "4th": digits inside of a word are no number, but for a currency's. */
function touchesWord(tokens: readonly Token[], { first, next }: NumberRead): boolean {
  const [before, head, after] = [tokens[first - 1], tokens[first], tokens[next]];
  const glued = head?.gap === 0 && before?.kind === "word" && unitOfCode(before.text) === null;
  if (glued && unitOfLetters(tokens, first - 1) === null) return true;
  if (after?.kind !== "word" || after.gap !== 0) return false;
  return unitOfCode(after.text) === null && unitOfName(tokens, next) === null;
}

/** "1.5 million", "10k", "1.3e6", "2 1/4", "2½": digits and what multiplies them. */
function readDigitsScaled(tokens: readonly Token[], first: number): NumberRead | null {
  const digits = readDigits(tokens, first);
  if (digits === null) return null;
  const mixed = addPower(tokens, addVulgar(tokens, addSlash(tokens, digits)));
  const power = exponentAfter(tokens, mixed.next);
  if (power !== null) return scaled(mixed, power.power, power.next);
  const letter = tokens[mixed.next];
  const scale = letter?.kind === "word" ? letterScales.get(letter.text) : undefined;
  if (scale !== undefined && letterMultiplies(tokens, mixed, letter as Token)) {
    return scaled(mixed, scale, mixed.next + 1);
  }
  return addRest(tokens, addTens(tokens, readScales(tokens, mixed, 99)), true);
}

/** "3 hundred and 21" */
function addTens(tokens: readonly Token[], number: NumberRead & { scale: number }): NumberRead & { scale: number } {
  if (number.scale !== 2 || tokens[number.next]?.lower !== "and") return number;
  const at = number.next + 1;
  const rest = tokens[at]?.kind === "digits" ? readDigits(tokens, at) : readSmall(tokens, at);
  if (rest === null || rest.value.d !== 1n || compareRatios(rest.value, hundred) >= 0) return number;
  return scaleOf(tokens[rest.next]?.lower ?? "") === undefined ? { ...number, ...joinSum(number, rest) } : number;
}

const powersMax = 64n;

/** "2.5^-1", "1.3x10^6" */
function addPower(tokens: readonly Token[], base: NumberRead): NumberRead {
  const times10 = tokens[base.next]?.lower === "x" && tokens[base.next + 1]?.text === "10";
  const caret = times10 ? base.next + 2 : base.next;
  if (tokens[caret]?.text !== "^" || tokens[caret]?.gap !== 0) return base;
  const sign = tokens[caret + 1]?.text ?? "";
  const at = sign === "-" || sign === "+" ? caret + 2 : caret + 1;
  const power = BigInt(tokens[at]?.kind === "digits" && (tokens[at] as Token).text.length < 3 ? tokens[at]!.text : 99);
  const { n, d } = times10 ? ratio(10n) : base.value;
  if (power > powersMax || n === 0n || tokens[at]?.gap !== 0) return base;
  const raised = sign === "-" ? ratio(d ** power, n ** power) : ratio(n ** power, d ** power);
  return { ...base, value: times10 ? times(base.value, raised) : raised, next: at + 1 };
}

/** "5m" is five million where money is meant; it may be metres elsewhere. */
function letterMultiplies(tokens: readonly Token[], { first, next }: NumberRead, letter: Token): boolean {
  const [before, after] = [tokens[first - 1], tokens[next + 1]];
  const money =
    (before !== undefined &&
      (/^\p{Sc}$/u.test(before.text) ||
        unitOfCode(before.text) !== null ||
        unitOfLetters(tokens, first - 1) !== null)) ||
    (after !== undefined && (unitOfName(tokens, next + 1) !== null || /^(?:people|[a-z]{3,}[^s]s)$/.test(after.text)));
  if (letter.gap === 2) return false;
  return letter.gap === 0 ? money || !/^[mtT]$/.test(letter.text) : money || /^[kGMB]$/.test(letter.text);
}

function exponentAfter(tokens: readonly Token[], at: number): { power: number; next: number } | null {
  const letter = tokens[at];
  if (letter?.lower !== "e" || letter.gap !== 0) return null;
  const signed = tokens[at + 1]?.text === "-" || tokens[at + 1]?.text === "+";
  const digits = tokens[signed ? at + 2 : at + 1];
  if (digits?.kind !== "digits" || digits.gap !== 0 || digits.text.length > 2) return null;
  const power = Number(digits.text) * (tokens[at + 1]?.text === "-" ? -1 : 1);
  return { power, next: signed ? at + 3 : at + 2 };
}

function scaled(number: NumberRead, power: number, next: number): NumberRead {
  const factor = tenTo(power);
  return {
    ...number,
    value: times(number.value, factor),
    step: times(number.step, factor),
    power: number.power + power,
    next,
  };
}

/** "3/4" and "2 1/4"; "5/17/2018" is neither. */
function addSlash(tokens: readonly Token[], whole: NumberRead): NumberRead {
  const mixed = tokens[whole.next]?.kind === "digits" && tokens[whole.next]?.gap === 1;
  const at = mixed ? whole.next : whole.first;
  if (!mixed && whole.next !== whole.first + 1) return whole;
  const [over, slash, under] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (slash?.text !== "/" || slash.gap !== 0 || under?.kind !== "digits" || under.gap !== 0) return whole;
  if (tokens[at + 3]?.text === "/" || tokens[at - 1]?.text === "/" || over === undefined) return whole;
  if (under.text.length > 3 || over.text.length > 3 || /^0/.test(under.text)) return whole;
  const part = ratio(BigInt(over.text), BigInt(under.text));
  return { ...whole, value: mixed ? plus(whole.value, part) : part, next: at + 3, form: "fraction" };
}

function addVulgar(tokens: readonly Token[], whole: NumberRead): NumberRead {
  const token = tokens[whole.next];
  const part = token !== undefined && token.gap === 0 ? vulgar[token.text] : undefined;
  return part === undefined ? whole : { ...whole, value: plus(whole.value, part), next: whole.next + 1 };
}

/** Words below 10^limit: "two hundred and two thousand", "a million", "three lakh crore". */
function readWords(tokens: readonly Token[], first: number, limit: number): NumberRead | null {
  const article = tokens[first]?.lower === "a" && isScale(tokens, first + 1);
  const head = article ? one(first, first + 1) : readHundreds(tokens, first);
  // "several million", "a few hundred" are no number that could be named.
  const named = tokens[first - 1]?.kind !== "word" && isScale(tokens, first);
  const bare = head === null && named ? one(first, first) : head;
  return bare === null ? null : addRest(tokens, readScales(tokens, bare, limit), false);
}

const one = (first: number, next: number): NumberRead => ({
  value: ratio(1n),
  step: ratio(1n),
  power: 0,
  first,
  next,
  form: "words",
});

const isScale = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.kind === "word" && tokens[at]?.gap === 1 && /^[a-z]{6,}$/.test(tokens[at]?.lower ?? "")
    ? scaleOf(tokens[at]?.lower ?? "") !== undefined
    : tokens[at]?.lower === "lakh" ||
      tokens[at]?.lower === "crore" ||
      (at === 0 && scaleOf(tokens[0]?.lower ?? "") === 2);

function readHundreds(tokens: readonly Token[], first: number): NumberRead | null {
  const small = readSmall(tokens, first);
  if (small === null || tokens[small.next]?.lower !== "hundred" || tokens[small.next]?.gap === 2) return small;
  const round = scaled(small, 2, small.next + 1);
  const joined = tokens[round.next]?.lower === "and" ? round.next + 1 : round.next;
  const rest = tokens[joined]?.gap === 2 ? null : readSmall(tokens, joined);
  // "one hundred and three quarters": the three counts the quarters.
  return rest === null || /^(?:quarters?|half|halves)$/.test(tokens[rest.next]?.lower ?? "")
    ? round
    : joinSum(round, rest);
}

const joinSum = (a: NumberRead, b: NumberRead): NumberRead => ({
  ...a,
  value: plus(a.value, b.value),
  step: b.step,
  next: b.next,
});

function readSmall(tokens: readonly Token[], first: number): NumberRead | null {
  const value = smallWords.get(tokens[first]?.lower ?? "");
  if (value === undefined) return null;
  const hyphen = tokens[first + 1]?.text === "-" || tokens[first + 1]?.text === "‑" ? 1 : 0;
  const after = tokens[first + 1 + hyphen];
  if (value >= 20 && hyphen === 1 && isOrdinalUnit(after)) return null;
  const unit = value >= 20 && after?.gap !== 2 ? smallWords.get(after?.lower ?? "") : undefined;
  const joins = unit !== undefined && unit >= 1 && unit <= 9;
  const next = joins ? first + 2 + hyphen : first + 1;
  const step = ratio(value >= 20 && !joins ? 10n : 1n);
  return { value: ratio(BigInt(joins ? value + unit : value)), step, power: 0, first, next, form: "words" };
}

/** The "first" of "twenty-first", which is no number of things. */
const isOrdinalUnit = (token: Token | undefined): boolean => {
  const denominator = partWords.get(token?.lower ?? "") ?? (/^(?:first|second)s?$/.test(token?.lower ?? "") ? 1n : 99n);
  return denominator < 10n;
};

/** "two hundred thousand", "2.5 billion", "three dozen": the scales right behind a number. */
function readScales(tokens: readonly Token[], head: NumberRead, limit: number): NumberRead & { scale: number } {
  let number = head;
  let reached = 0;
  for (;;) {
    const hyphen = tokens[number.next]?.text === "-" && tokens[number.next]?.gap === 0 ? 1 : 0;
    const token = tokens[number.next + hyphen];
    if (token?.kind !== "word" || token.gap === 2) break;
    const scale = token.lower === "g" ? undefined : scaleOf(token.lower);
    if (scale === undefined || reached + scale >= limit) break;
    reached += scale;
    number = scaled(number, scale, number.next + 1 + hyphen);
  }
  return { ...number, scale: reached };
}

/** "… thousand two hundred": what follows has to be smaller, and at least a hundred where a new number may begin. */
function addRest(tokens: readonly Token[], number: NumberRead & { scale: number }, digits: boolean): NumberRead {
  const { scale: power, ...head } = number;
  const dot = tokens[head.next - 1]?.lower.match(/^(?:mio|mrd)$/) && tokens[head.next]?.text === ".";
  if (dot) return { ...head, next: head.next + 1 };
  if (power < 3) return head;
  const joined = tokens[head.next]?.lower === "and" ? head.next + 1 : head.next;
  if (tokens[joined]?.kind !== "word" || tokens[joined]?.gap !== 1) return head;
  const rest = readWords(tokens, joined, power);
  if (rest === null || compareRatios(rest.value, tenTo(power)) >= 0) return head;
  const least = digits || power > 3 || tokens[joined]?.lower === "a" ? hundred : ratio(1n);
  return compareRatios(rest.value, least) < 0 ? head : joinSum(head, rest);
}

/** "point five", "and a half", "three quarters", "two dozen" behind a number. */
function extend(tokens: readonly Token[], number: NumberRead | null): NumberRead | null {
  if (number === null || tokens[number.next]?.gap === 2) return number;
  const after = tokens[number.next]?.lower ?? "";
  if (after === "point") return readPoint(tokens, number);
  if (dozenWords.has(after)) return { ...number, value: times(number.value, ratio(12n)), next: number.next + 1 };
  if (after === "and") return readAndPart(tokens, number);
  if (after === "over") return readOver(tokens, number);
  const hyphen = after === "-" ? 1 : 0;
  const word = tokens[number.next + hyphen]?.lower ?? "";
  const part = partWords.get(word) ?? compoundPart(tokens, number.next + hyphen);
  if (part !== undefined && !partWords.has(word)) {
    const compound = tokens[number.next + hyphen + 1]?.text === "-" ? 3 : 2;
    const value = times(number.value, ratio(1n, part));
    return { ...number, value, next: number.next + hyphen + compound, form: "fraction" };
  }
  const plural = word.endsWith("s") || word === "halves" || compareRatios(number.value, ratio(1n)) === 0;
  if (part === undefined || !plural || number.form !== "words") return number;
  const value = times(number.value, ratio(1n, part));
  return scalePart(tokens, { ...number, value, next: number.next + hyphen + 1, form: "fraction" });
}

/** The denominator of "(three) twenty-firsts". */
function compoundPart(tokens: readonly Token[], at: number): bigint | undefined {
  const tens = smallWords.get(tokens[at]?.lower ?? "") ?? 0;
  const unit = tokens[tokens[at + 1]?.text === "-" ? at + 2 : at + 1];
  if (tens < 20 || !isOrdinalUnit(unit)) return undefined;
  return BigInt(tens) + (partWords.get(unit?.lower ?? "") ?? (unit?.lower.startsWith("f") ? 1n : 2n));
}

function readPoint(tokens: readonly Token[], number: NumberRead): NumberRead {
  let next = number.next + 1;
  let digits = "";
  while (digits.length < 16 && tokens[next]?.gap !== 2) {
    const small = readSmall(tokens, next);
    if (small === null) break;
    digits += small.value.n.toString();
    next = small.next;
  }
  if (digits === "") return number;
  const step = tenTo(-digits.length);
  const value = plus(number.value, ratio(BigInt(digits), step.d));
  return addRest(tokens, readScales(tokens, { ...number, value, step, next }, 99), true);
}

/** "five and a half million", "a million and a half", "one hundred and three quarters" */
function readAndPart(tokens: readonly Token[], number: NumberRead): NumberRead {
  const at = number.next + 1;
  const article = /^an?$/.test(tokens[at]?.lower ?? "");
  const count = article ? one(at, at + 1) : readSmall(tokens, at);
  if (count === null) return number;
  const hyphen = tokens[count.next]?.text === "-" ? 1 : 0;
  const denominator = partWords.get(tokens[count.next + hyphen]?.lower ?? "");
  if (denominator === undefined) return number;
  const scale = scaleOf(tokens[number.next - 1]?.lower ?? "") ?? 0;
  const unit = scale >= 3 ? tenTo(scale) : ratio(1n);
  const part = times(times(count.value, ratio(1n, denominator)), unit);
  const next = count.next + hyphen + 1;
  const sum: NumberRead = { ...number, value: plus(number.value, part), step: part, next };
  const { scale: power, ...whole } = readScales(tokens, sum, 99);
  if (power === 0 || scale < 3) return whole;
  // "one billion and a half million": the half is of its own million.
  const own = times(times(count.value, ratio(1n, denominator)), tenTo(power));
  return { ...whole, value: plus(number.value, own), step: own };
}

/** "one over three", only where nothing follows that it could be over. */
function readOver(tokens: readonly Token[], number: NumberRead): NumberRead {
  const under = readDigits(tokens, number.next + 1) ?? readWords(tokens, number.next + 1, 99);
  if (under === null || under.value.n <= 0n || tokens[under.next]?.kind === "word") return number;
  if (tokens[number.first - 1]?.kind === "mark") return number;
  const value = times(number.value, ratio(under.value.d, under.value.n));
  return { ...number, value, next: under.next, form: "fraction" };
}

/** "half a million", "a quarter million", "half a dozen", "a fifth", "½" */
function readFraction(tokens: readonly Token[], first: number): NumberRead | null {
  const sign = vulgar[tokens[first]?.text ?? ""];
  if (sign !== undefined) return scalePart(tokens, { ...one(first, first + 1), value: sign, form: "fraction" });
  const article = /^an?$/.test(tokens[first]?.lower ?? "");
  const at = article ? first + 1 : first;
  const word = tokens[at]?.lower ?? "";
  if (article && dozenWords.has(word)) return { ...one(first, at + 1), value: ratio(12n) };
  const part = word === "half" || word === "quarter" || article ? partWords.get(word) : undefined;
  if (part === undefined || (article && tokens[at]?.gap !== 1)) return null;
  const number: NumberRead = { ...one(first, at + 1), value: ratio(1n, part), form: "fraction" };
  const whole = scalePart(tokens, number);
  const after = tokens[whole.next];
  const alone = after === undefined || after.kind === "mark" || after.lower === "of" || word === "half";
  return whole.form !== "fraction" || (alone && (article || word === "half")) ? whole : null;
}

/** The scale of a part: "(half) a million", "(two thirds) of a million", "(three quarters) billion". */
function scalePart(tokens: readonly Token[], part: NumberRead): NumberRead {
  let at = part.next;
  if (tokens[at]?.lower === "of") at++;
  if (tokens[at]?.lower === "a") at++;
  if (dozenWords.has(tokens[at]?.lower ?? "")) {
    return { ...part, value: times(part.value, ratio(12n)), next: at + 1, form: "words" };
  }
  const whole = readScales(tokens, { ...part, next: at }, 99);
  const { scale: power, ...number } = whole;
  return power === 0 ? part : { ...number, step: times(part.value, tenTo(power)), form: "words" };
}
