/** Which comes first on a day whose transactions have no hour: see `order-day.ts`. */
export const dayOrders = ["as-listed", "credits-first", "debits-first"] as const;
export type DayOrder = (typeof dayOrders)[number];
