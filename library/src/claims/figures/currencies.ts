import { type Ratio, ratio, tenTo } from "./ratio.ts";
import { reads, type Token } from "./tokens.ts";

/** A unit of money; `assumed` where its name or sign is shared by several currencies and this is the likely one. */
export interface MoneyUnit {
  readonly unit: string;
  readonly assumed: boolean;
  /** What one of what is written is in `unit`: 1/100 for a cent. */
  readonly factor: Ratio;
}

const whole = ratio(1n);
const known = (unit: string, factor = whole): MoneyUnit => ({ unit, assumed: false, factor });
const likely = (unit: string, factor = whole): MoneyUnit => ({ unit, assumed: true, factor });

// ISO 4217, and codes that were withdrawn but stand in older reports.
const isoCodes = new Set(
  (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF " +
    "CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG " +
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA " +
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD " +
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX " +
    "USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW DEM FRF ITL ESP NLG BEF ATS FIM IEP PTE GRD"
  ).split(" "),
);

// Assets that thefts are counted in; the ticker, then its names.
const assets: Record<string, string> = {
  BTC: "bitcoin bitcoins",
  ETH: "ether ethers ethereum",
  XRP: "ripple",
  LTC: "litecoin litecoins",
  BCH: "",
  XMR: "monero",
  DOGE: "dogecoin dogecoins",
  USDT: "tether",
  USDC: "",
  BUSD: "",
  DAI: "",
  BNB: "",
  SOL: "solana",
  ADA: "cardano",
  TRX: "tron",
  XLM: "",
  XEM: "",
  EOS: "",
  ETC: "",
  DASH: "",
  ZEC: "zcash",
  MATIC: "",
  AVAX: "",
  WETH: "",
  WBTC: "",
  FTM: "",
  DOT: "",
  LUNA: "",
  UST: "",
  RUNE: "",
};
const assetNames = new Map(
  Object.entries(assets).flatMap(([ticker, names]) =>
    names
      .split(" ")
      .filter(Boolean)
      .map((name): [string, string] => [name, ticker]),
  ),
);

/** Codes that are also words: read behind a number or before one only where it cannot be a word. */
const codesThatAreWords = new Set("ALL TOP CUP MAD GEL TRY SOS DOT UST LAK DASH SOL".split(" "));
const lowerCodes = new Set(
  "usd eur gbp jpy cny rmb chf inr aud cad btc eth usdt usdc xrp ltc xmr hkd sgd krw".split(" "),
);

const signs: ReadonlyMap<string, MoneyUnit> = new Map([
  ["$", likely("USD")],
  ["€", known("EUR")],
  ["£", likely("GBP")],
  ["¥", likely("JPY")],
  ["￥", likely("JPY")],
  ["₿", known("BTC")],
  ["Ξ", known("ETH")],
  ["₩", likely("KRW")],
  ["₹", known("INR")],
  ["₽", known("RUB")],
  ["₺", known("TRY")],
  ["₴", known("UAH")],
  ["₦", known("NGN")],
  ["₱", likely("PHP")],
  ["₫", known("VND")],
  ["₪", known("ILS")],
  ["฿", known("THB")],
  ["₡", likely("CRC")],
  ["₾", known("GEL")],
  ["₭", known("LAK")],
  ["₸", known("KZT")],
  ["৳", known("BDT")],
  ["¢", likely("USD", ratio(1n, 100n))],
]);

const nouns: ReadonlyMap<string, MoneyUnit> = new Map(
  Object.entries({
    dollar: likely("USD"),
    buck: likely("USD"),
    pound: likely("GBP"),
    quid: known("GBP"),
    sterling: known("GBP"),
    euro: known("EUR"),
    yen: known("JPY"),
    yuan: known("CNY"),
    renminbi: known("CNY"),
    rmb: known("CNY"),
    kuai: known("CNY"),
    元: likely("CNY"),
    won: likely("KRW"),
    rupee: likely("INR"),
    rs: likely("INR"),
    ரூ: known("LKR"),
    taka: known("BDT"),
    peso: likely("MXN"),
    franc: likely("CHF"),
    ruble: likely("RUB"),
    rouble: likely("RUB"),
    lira: likely("TRY"),
    hryvnia: known("UAH"),
    real: known("BRL"),
    reais: known("BRL"),
    rand: known("ZAR"),
    krone: likely("NOK"),
    kroner: likely("NOK"),
    krona: likely("SEK"),
    kronor: likely("SEK"),
    zloty: known("PLN"),
    shekel: known("ILS"),
    dirham: likely("AED"),
    riyal: likely("SAR"),
    baht: known("THB"),
    ringgit: known("MYR"),
    rupiah: known("IDR"),
    dong: known("VND"),
    naira: known("NGN"),
    mark: likely("DEM"),
    markka: known("FIM"),
    guilder: likely("NLG"),
    peseta: known("ESP"),
    cent: likely("USD", ratio(1n, 100n)),
    penny: likely("GBP", ratio(1n, 100n)),
    pence: known("GBP", ratio(1n, 100n)),
    sen: likely("MYR", ratio(1n, 100n)),
    satoshi: known("BTC", tenTo(-8)),
    gwei: known("ETH", tenTo(-9)),
    wei: known("ETH", tenTo(-18)),
  }),
);

// Which of the currencies of one name: by the country before it.
const countries: Record<string, Record<string, string>> = {
  dollar: {
    us: "USD",
    american: "USD",
    australian: "AUD",
    canadian: "CAD",
    singapore: "SGD",
    zealand: "NZD",
    kong: "HKD",
    taiwan: "TWD",
    taiwanese: "TWD",
    jamaican: "JMD",
  },
  franc: { swiss: "CHF", french: "FRF", belgian: "BEF", cfa: "XAF" },
  pound: { british: "GBP", egyptian: "EGP", lebanese: "LBP", sudanese: "SDG", syrian: "SYP", irish: "IEP" },
  peso: { mexican: "MXN", philippine: "PHP", chilean: "CLP", colombian: "COP", argentine: "ARS", cuban: "CUP" },
  rupee: { indian: "INR", pakistani: "PKR", lankan: "LKR", nepalese: "NPR", mauritian: "MUR" },
  won: { korean: "KRW" },
  lira: { turkish: "TRY", italian: "ITL" },
  krone: { danish: "DKK", norwegian: "NOK" },
  kroner: { danish: "DKK", norwegian: "NOK" },
  krona: { swedish: "SEK", icelandic: "ISK" },
  ruble: { russian: "RUB", belarusian: "BYN" },
  rouble: { russian: "RUB", belarusian: "BYN" },
  mark: { german: "DEM" },
  guilder: { dutch: "NLG" },
  markka: { finnish: "FIM" },
  peseta: { spanish: "ESP" },
  dirham: { moroccan: "MAD" },
  yuan: { chinese: "CNY" },
  yen: { japanese: "JPY" },
  riyal: { saudi: "SAR", qatari: "QAR" },
};
const wordsBefore = new Set(["new", "hong", "south", "north", "sri", "chinese", "brazilian", "thai"]);

// What stands before "$": whose dollar it is.
const dollarPrefixes: Record<string, string> = {
  us: "USD",
  c: "CAD",
  ca: "CAD",
  can: "CAD",
  a: "AUD",
  au: "AUD",
  hk: "HKD",
  s: "SGD",
  sg: "SGD",
  nz: "NZD",
  r: "BRL",
  nt: "TWD",
  mex: "MXN",
  mx: "MXN",
  j: "JMD",
};

/** The unit of a sign, such as $ or €. */
export const unitOfSign = (sign: string): MoneyUnit | null => signs.get(sign) ?? null;

/** The dollar of the letters before its sign: the C of C$, the USD of USD$. */
export function unitOfDollarPrefix(letters: string): MoneyUnit | null {
  const unit =
    dollarPrefixes[letters.toLowerCase()] ?? (isoCodes.has(letters.toUpperCase()) ? letters.toUpperCase() : null);
  return unit === null ? null : known(unit);
}

/** The unit of an ISO 4217 code or a ticker: capitals, or the few codes that are no words in small letters. */
export function unitOfCode(code: string): MoneyUnit | null {
  if (code.length < 3 || code.length > 5) return null;
  const upper = code.toUpperCase();
  if (code !== upper && !lowerCodes.has(code)) return null;
  if (upper === "RMB") return known("CNY");
  if (isoCodes.has(upper) || upper in assets) return known(upper);
  // Millions of a currency: MUSD, MEUR.
  return code.length === 4 && code[0] === "M" && isoCodes.has(code.slice(1)) ? known(code.slice(1), tenTo(6)) : null;
}

/** Whether a code is also a common word, so that it needs digits beside it. */
export const isAlsoWord = (code: string): boolean => codesThatAreWords.has(code);

/** The unit named from a token on ("US dollars", "Swiss francs", "bitcoins"), and the token after it. */
export function unitOfName(tokens: readonly Token[], at: number): { unit: MoneyUnit; next: number } | null {
  const first = tokens[at];
  if (first?.kind !== "word") return null;
  if (reads(tokens, at, ["u", ".", "s"])) return spelledStates(tokens, at);
  const noun = nounAt(tokens, at);
  if (noun !== null) return { unit: noun.unit, next: at + 1 };
  let head = at;
  while (head < at + 2 && wordsBefore.has(tokens[head]?.lower ?? "")) head++;
  const named = nounAt(tokens, head + 1);
  if (named === null) return nounAt(tokens, head) === null || head === at ? null : behind(tokens, head);
  const unit = countries[named.name]?.[tokens[head]?.lower ?? ""];
  return unit === undefined ? null : { unit: known(unit, named.unit.factor), next: head + 2 };
}

const behind = (tokens: readonly Token[], at: number) => {
  const noun = nounAt(tokens, at);
  return noun === null ? null : { unit: { ...noun.unit, assumed: false }, next: at + 1 };
};

function spelledStates(tokens: readonly Token[], at: number): { unit: MoneyUnit; next: number } | null {
  const next = tokens[at + 3]?.text === "." ? at + 4 : at + 3;
  const noun = nounAt(tokens, next);
  return noun?.name === "dollar" || noun?.name === "cent"
    ? { unit: known("USD", noun.unit.factor), next: next + 1 }
    : null;
}

function nounAt(tokens: readonly Token[], at: number): { name: string; unit: MoneyUnit } | null {
  const token = tokens[at];
  if (token?.kind !== "word") return null;
  const asset = assetNames.get(token.lower);
  if (asset !== undefined) return { name: token.lower, unit: known(asset) };
  const name = nouns.has(token.lower) ? token.lower : token.lower.replace(/s$/, "");
  const unit = nouns.get(name);
  return unit === undefined ? null : { name, unit };
}
