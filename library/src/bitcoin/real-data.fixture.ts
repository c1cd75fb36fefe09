import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where a file of the real data stands, beside the checkout; null where there is none and its tests are skipped. */
export function realData(path: string): string | null {
  const file = fileURLToPath(new URL(`../../../../shared/data/${path}`, import.meta.url));
  return existsSync(file) ? file : null;
}

/** A test's title, which says so where its data is absent. */
export function titled(title: string, ...data: (string | null)[]): string {
  return data.includes(null) ? `${title} (skipped: ../shared/data is absent)` : title;
}
