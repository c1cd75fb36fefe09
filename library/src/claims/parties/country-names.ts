/** Codes that `Intl.DisplayNames` knows and that are no countries of ISO 3166-1. */
const noCountries = new Set("AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split(" "));

// As people write them, beside the names that CLDR gives.
const otherNames: Readonly<Record<string, string>> = {
  "united states of america": "US",
  "u.s": "US",
  us: "US",
  usa: "US",
  "u.s.a": "US",
  america: "US",
  uk: "GB",
  "u.k": "GB",
  britain: "GB",
  "great britain": "GB",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  "republic of korea": "KR",
  rok: "KR",
  dprk: "KP",
  "democratic people's republic of korea": "KP",
  "korea (democratic people's republic of)": "KP",
  "korea (republic of)": "KR",
  "russian federation": "RU",
  "iran (islamic republic of)": "IR",
  "islamic republic of iran": "IR",
  "syrian arab republic": "SY",
  "viet nam": "VN",
  turkey: "TR",
  "ivory coast": "CI",
  czechia: "CZ",
  "czech republic": "CZ",
  burma: "MM",
  myanmar: "MM",
  macedonia: "MK",
  swaziland: "SZ",
  "hong kong": "HK",
  macau: "MO",
  macao: "MO",
  palestine: "PS",
  "the gambia": "GM",
  "people's republic of china": "CN",
  "bosnia and herzegovina": "BA",
  uae: "AE",
  "u.a.e": "AE",
  "trinidad and tobago": "TT",
};

const adjectives: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "afghan:AF albanian:AL algerian:DZ american:US argentine:AR argentinian:AR armenian:AM australian:AU austrian:AT " +
    "azerbaijani:AZ bahamian:BS bahraini:BH bangladeshi:BD belarusian:BY belgian:BE bolivian:BO bosnian:BA " +
    "brazilian:BR british:GB bulgarian:BG cambodian:KH cameroonian:CM canadian:CA chilean:CL chinese:CN colombian:CO " +
    "croatian:HR cuban:CU cypriot:CY czech:CZ danish:DK dutch:NL ecuadorian:EC egyptian:EG emirati:AE estonian:EE " +
    "ethiopian:ET filipino:PH finnish:FI french:FR gambian:GM georgian:GE german:DE ghanaian:GH greek:GR " +
    "guatemalan:GT honduran:HN hungarian:HU icelandic:IS indian:IN indonesian:ID iranian:IR iraqi:IQ irish:IE " +
    "israeli:IL italian:IT jamaican:JM japanese:JP jordanian:JO kazakh:KZ kenyan:KE kuwaiti:KW kyrgyz:KG laotian:LA " +
    "latvian:LV lebanese:LB liberian:LR libyan:LY lithuanian:LT luxembourgish:LU malaysian:MY maltese:MT mexican:MX " +
    "moldovan:MD mongolian:MN moroccan:MA mozambican:MZ namibian:NA nepalese:NP nepali:NP nicaraguan:NI nigerian:NG " +
    "norwegian:NO omani:OM pakistani:PK panamanian:PA paraguayan:PY peruvian:PE philippine:PH polish:PL " +
    "portuguese:PT qatari:QA romanian:RO russian:RU rwandan:RW saudi:SA senegalese:SN serbian:RS singaporean:SG " +
    "slovak:SK slovenian:SI somali:SO spanish:ES sudanese:SD swedish:SE swiss:CH syrian:SY taiwanese:TW tanzanian:TZ " +
    "thai:TH tunisian:TN turkish:TR ugandan:UG ukrainian:UA uruguayan:UY uzbek:UZ venezuelan:VE vietnamese:VN " +
    "yemeni:YE zambian:ZM zimbabwean:ZW"
  )
    .split(" ")
    .map((one) => one.split(":") as [string, string]),
);

const adjectivesOfTwo: Readonly<Record<string, string>> = {
  "south korean": "KR",
  "north korean": "KP",
  "south african": "ZA",
  "sri lankan": "LK",
  "saudi arabian": "SA",
  "costa rican": "CR",
  "el salvadoran": "SV",
  "new zealand": "NZ",
  "puerto rican": "PR",
  "hong kong": "HK",
};

/** Every name and adjective that is known, as it is written, with the code. */
export function* countryTerms(): Generator<readonly [string, string]> {
  yield* codesByName;
  yield* Object.entries(adjectives);
  yield* Object.entries(adjectivesOfTwo);
}

const codesByName: ReadonlyMap<string, string> = namesOfCountries();

/** CLDR's English names of all ISO 3166-1 alpha-2 codes, as the runtime has them, and what people write besides. */
function namesOfCountries(): Map<string, string> {
  const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const found = new Map<string, string>();
  for (let first = 65; first <= 90; first++) {
    for (let second = 65; second <= 90; second++) {
      const code = String.fromCharCode(first, second);
      const name = noCountries.has(code) ? undefined : names.of(code);
      // A code of a country that is no more is replaced by its successor's when it is made canonical.
      if (name !== undefined && new Intl.Locale(`und-${code}`).region === code) found.set(plain(name), code);
    }
  }
  for (const [name, code] of Object.entries(otherNames)) found.set(name, code);
  return found;
}

function plain(name: string): string {
  const letters = name.normalize("NFKD").replace(/\p{M}/gu, "");
  return letters.toLowerCase().replaceAll("’", "'").replaceAll(" & ", " and ").replace(/\s+/gu, " ").trim();
}

/** The ISO 3166-1 alpha-2 code of a country's name ("South Korea", "U.K."); null for anything else. */
export function countryOfName(name: string): string | null {
  return codesByName.get(plain(name).replace(/\.$/u, "").replace(/^the /u, "")) ?? null;
}

/** The code for a name or an adjective ("South Korean", "Bangladeshi", "Japan"), at most three words. */
export function countryOfWords(words: string): string | null {
  const lower = plain(words).replace(/\.$/u, "");
  if (words === "us") return null;
  return adjectivesOfTwo[lower] ?? adjectives[lower] ?? countryOfName(lower);
}

/** CLDR's English name of a code; the code itself where it has none. */
export function countryName(code: string): string {
  return new Intl.DisplayNames(["en"], { type: "region" }).of(code) ?? code;
}
