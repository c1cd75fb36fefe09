export { type Amount, amount, formatAmount, parseAmount, type Satoshi } from "./amount.ts";
export { type Asset, bitcoin, currency, ether, token } from "./asset.ts";
export { formatInstant, type Instant, instantOfSeconds, parseInstant } from "./instant.ts";
export { mulDiv, type Rounding } from "./mul-div.ts";
export { split } from "./split.ts";
