import { writeOut } from "./run.ts";

/** Prints a result as one JSON document, or as the lines that say the same. */
export async function printResult<Json>(
  json: boolean | undefined,
  result: Json,
  lines: (result: Json) => string[],
): Promise<void> {
  if (json === true) await writeOut([JSON.stringify(result)]);
  else for (const line of lines(result)) console.log(line);
}
