/** Enough to tell a language by; more only costs time. */
const sampleUnitsMax = 4_000;

let loading: Promise<typeof import("eld/extrasmall")> | null = null;

/** Loading the detector's tables takes half a second, so that it is left until a document is read. */
export async function loadLanguages(): Promise<(text: string, declared: string | null) => string> {
  loading ??= import("eld/extrasmall");
  const { eld } = await loading;
  return (text, declared) => {
    const sample = text.length <= sampleUnitsMax ? text : text.slice(0, sampleUnitsMax).toWellFormed();
    const found = eld.detect(sample);
    if (found.language !== "" && found.isReliable()) return found.language;
    // In a few words the tables are unsure; a page that says what it is written in is then believed.
    if (declared !== null) return declared.slice(0, 2);
    return found.language === "en" ? "en" : "und";
  };
}
