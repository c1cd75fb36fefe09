import { cutLots, joinClean, type Load, type Loads, type Lot, smaller } from "./joint-oracle-load.ts";

/** What came to lie on clean units, with the load beneath; what found none. */
export interface Laid {
  load: Load;
  fitting: Load;
  left: Load;
}

/** Lays the traced units of `above` over the first clean units of `beneath`. */
export function layOverClean(loads: Loads, beneath: Load, above: Load): Laid {
  if (loads.style !== "lots") return layPooled(loads, beneath, above);
  let waiting = above.lots.filter(({ label }) => label !== -1);
  const after: Lot[] = [];
  const fitting: Lot[] = [];
  for (const lot of joinClean(beneath.lots)) {
    if (lot.label !== -1) {
      after.push(lot);
      continue;
    }
    const [over, later] = cutLots(waiting, lot.length);
    waiting = later;
    after.push(...over.map(({ label, length, stolen }) => ({ ...lot, label, length, stolen })));
    fitting.push(...over);
    const covered = over.reduce((length, piece) => length + piece.length, 0n);
    if (covered < lot.length) after.push({ ...lot, length: lot.length - covered });
  }
  return {
    load: { ...beneath, lots: after },
    fitting: { ...loads.clean(0n), lots: fitting },
    left: { ...loads.clean(0n), lots: waiting },
  };
}

/** Lays `above` over the first units of `beneath`, unit over unit. Traced units fit where they meet clean ones. */
export function layUnitOverUnit(loads: Loads, beneath: Load, above: Load): Laid {
  if (loads.style !== "lots") return layPooled(loads, beneath, above);
  const after: Lot[] = [];
  const fitting: Lot[] = [];
  const left: Lot[] = [];
  let over = above.lots;
  let under = joinClean(beneath.lots);
  while (over.length > 0) {
    const length = smaller(over[0]!.length, under[0]!.length);
    const [top, overRest] = cutLots(over, length);
    const [bottom, underRest] = cutLots(under, length);
    over = overRest;
    under = underRest;
    const { label, stolen } = top[0]!;
    if (label === -1) after.push(bottom[0]!);
    else if (bottom[0]!.label === -1) {
      after.push({ ...bottom[0]!, label, stolen });
      fitting.push(top[0]!);
    } else {
      after.push(bottom[0]!);
      left.push(top[0]!);
    }
  }
  return {
    load: { ...beneath, lots: [...after, ...under] },
    fitting: { ...loads.clean(0n), lots: fitting },
    left: { ...loads.clean(0n), lots: left },
  };
}

function layPooled(loads: Loads, beneath: Load, above: Load): Laid {
  if (loads.style === "flags") {
    const rates = beneath.rates.map((rate, label) => loads.higher(rate, above.rates[label]!));
    return { load: { ...beneath, rates }, fitting: above, left: loads.clean(0n) };
  }
  const fits = smaller(loads.tracedAmount(above), beneath.length - loads.tracedAmount(beneath));
  const { taken, rest } = loads.pay(above, fits, fits);
  const shares = beneath.shares.map(({ amount, stolen }, label) => {
    return { amount: amount + taken.shares[label]!.amount, stolen: stolen + taken.shares[label]!.stolen };
  });
  return { load: { ...beneath, shares }, fitting: taken, left: rest };
}
