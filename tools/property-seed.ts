// Properties draw the same cases in each run, so that what makes a test fail is a change. `SPOOR_SEED=7 npm test` draws
// others, `SPOOR_SEED=random` new ones in each run; a property that fails says its seed and path.
import fc from "fast-check";

const seed = process.env.SPOOR_SEED ?? "20160204";
if (seed !== "random") {
  if (!/^\d{1,9}$/u.test(seed))
    throw new RangeError(`SPOOR_SEED is "${seed}": a number of up to nine digits, or "random"`);
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
}
