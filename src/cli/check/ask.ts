import { failureOf } from "../../telegram/calls/errors.ts";

export type Failure = ReturnType<typeof failureOf>;
export type Asked<T> = { readonly answer: T } | { readonly failure: Failure };

/** What Telegram answers to a call, or how it failed. */
export async function ask<T>(call: Promise<T>): Promise<Asked<T>> {
  try {
    return { answer: await call };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}
