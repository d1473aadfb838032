/** An amount in the currency's smallest unit: never a float. */
export interface Money {
  minor: number;
  currency: string;
}

/** How many decimals a currency has, as Intl knows them. Unknown codes count as two. */
export function decimalsOf(currency: string): number {
  try {
    return (
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ??
      2
    );
  } catch {
    return 2;
  }
}

/** Money in the reader's language, such as `$ 48.990` for ARS in Spanish. Whole amounts are shown without decimals. */
export function formatMoney(money: Money, locale: string): string {
  const decimals = decimalsOf(money.currency);
  const amount = money.minor / 10 ** decimals;
  const minimumFractionDigits = Number.isInteger(amount) ? 0 : decimals;
  try {
    return new Intl.NumberFormat(locale, {
      style: "currency",
      currency: money.currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits,
      maximumFractionDigits: decimals,
    }).format(amount);
  } catch {
    return `${money.currency} ${amount}`;
  }
}
