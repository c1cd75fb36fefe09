// Measures one module of benchmarks or error rates and prints its figures as JSON.
import type { MeasureFigures } from "./figure.ts";

const [path = ""] = process.argv.slice(2);
const { figures }: { figures: MeasureFigures } = await import(path);
console.log(JSON.stringify(await figures()));
