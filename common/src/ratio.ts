/**
 * Exact fractions of money: products of cents and rates pass 2^53, so they are BigInt inside.
 * Rounding is half-even to the cent, as app/money.py.
 */
import type { Cents } from "./money";

/** The nearest whole number to `top` / `bottom`; halves go to the even one. `bottom` > 0. */
export function roundHalfEven(top: bigint, bottom: bigint): bigint {
  const below = floorDivide(top, bottom);
  const twice = 2n * (top - below * bottom);
  const up = twice > bottom || (twice === bottom && (below & 1n) === 1n);
  return up ? below + 1n : below;
}

/** BigInt division cuts towards zero; this one goes down, as Python's. */
export function floorDivide(top: bigint, bottom: bigint): bigint {
  const quotient = top / bottom;
  return top < 0n && quotient * bottom !== top ? quotient - 1n : quotient;
}

/** `amount` × the factors ÷ `bottom` in cents, half-even. All whole numbers. */
export function share(amount: Cents, factors: readonly number[], bottom: number): Cents {
  const top = factors.reduce((product, factor) => product * BigInt(factor), BigInt(amount));
  return Number(roundHalfEven(top, BigInt(bottom)));
}

/** Equal parts, rounded down; the last part takes the remainder (app/money.py). */
export function splitEvenly(cents: Cents, parts: number): Cents[] {
  const each = Math.floor(cents / parts);
  return Array.from({ length: parts }, (_, i) =>
    i < parts - 1 ? each : cents - each * (parts - 1),
  );
}
