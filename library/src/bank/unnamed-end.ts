/**
 * The ends of payments that nothing names, after the account at the other end: two names, so that money which went out
 * to nobody knows whom does not seem to come back from there.
 */
export const unnamedPayer = (account: string): string => `unknown-payer@${account}`;
export const unnamedPayee = (account: string): string => `unknown-payee@${account}`;

export const isUnnamedEnd = (account: string): boolean => /^unknown-pay(?:er|ee)@/u.test(account);
