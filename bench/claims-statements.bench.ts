import { readStatements, type Span } from "../library/src/claims/index.ts";
import { type Figure, median } from "./figure.ts";
import { madeArticle } from "./made-article.ts";

export const names = ["claims.statements.articles-per-s"] as const;

const articles = 200;
const rounds = 5;

/** One thread, text to statements: articles of about 800 words, half of them said by somebody. */
export async function figures(): Promise<Figure[]> {
  const texts = Array.from({ length: articles }, (_, index) => {
    const text = madeArticle(index);
    return { text, paragraphs: paragraphsOf(text) };
  });
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const from = performance.now();
    let statements = 0;
    for (const { text, paragraphs } of texts) statements += readStatements(text, paragraphs).statements.length;
    // The first round loads the model and warms the compiler up.
    if (round > 0) times.push(performance.now() - from);
    if (statements < articles * 10) throw new RangeError(`only ${statements} statements in ${articles} articles`);
  }
  const value = (1000 * articles) / median(times);
  const figure = { unit: "articles/s", better: "higher", against: null, skipped: null } as const;
  return [{ ...figure, name: names[0], value, floor: 100 }];
}

// What is made is ASCII but for its quotation marks: units are code points.
function paragraphsOf(text: string): Span[] {
  return [...text.matchAll(/[^\n]+/g)].map(({ 0: line, index }) => ({ start: index, end: index + line.length }));
}
