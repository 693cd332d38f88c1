import { randomInt } from "node:crypto";

// Never the same number twice: limits are per phone, and tests must not meet each other's.
export type Phone = {
  /** As stored and as the sink names it: +966501234567. */
  e164: string;
  /** As people type it: 0501234567. */
  typed: string;
  /** As pages show it to its owner: 050 123 4567. */
  shown: string;
};

const PREFIXES = ["50", "53", "54", "55", "56", "58", "59"];

/** A Saudi mobile number that nobody else uses. */
export function freshPhone(): Phone {
  const prefix = PREFIXES[randomInt(PREFIXES.length)];
  const rest = String(randomInt(10_000_000)).padStart(7, "0");
  return {
    e164: `+966${prefix}${rest}`,
    typed: `0${prefix}${rest}`,
    shown: `0${prefix} ${rest.slice(0, 3)} ${rest.slice(3)}`,
  };
}

/** ٠١٢ instead of 012. */
export function arabicIndic(text: string): string {
  return text.replace(/[0-9]/g, (digit) => String.fromCharCode(0x0660 + Number(digit)));
}

/** A code of the same length that is not the right one; another `step`, another code. */
export function wrongCode(right: string, step = 1): string {
  return String((Number(right) + step) % 10 ** right.length).padStart(right.length, "0");
}
