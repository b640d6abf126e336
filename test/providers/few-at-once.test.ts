import { expect, it } from "vitest";
import { type FailureCode, ProviderError } from "../../src/core/ports/provider-error.ts";
import { fewAtOnce } from "../../src/providers/few-at-once.ts";

const ten = Array.from({ length: 10 }, (_, at) => at);
const failure = (code: FailureCode) => new ProviderError(code, "no", { certain: true });

/** Works for a moment on each item, and fails with what `fails` gives. */
async function run(fails: (item: number) => Error | undefined) {
  const done: number[] = [];
  let under = 0;
  let most = 0;
  const outcome = await fewAtOnce(ten, async (item) => {
    under += 1;
    most = Math.max(most, under);
    await new Promise((resolve) => setTimeout(resolve, 1));
    under -= 1;
    done.push(item);
    const error = fails(item);
    if (error) throw error;
  }).catch((error: unknown) => ({ thrown: error }));
  return { done, most, outcome };
}

it("does everything, two at a time", async () => {
  const { done, most, outcome } = await run(() => undefined);
  expect(done.sort()).toEqual(ten);
  expect(most).toBe(2);
  expect(outcome).toBeUndefined();
});

it.each<FailureCode>([
  "unreachable",
  "no-answer",
  "interrupted",
  "address-refused",
  "bad-credentials",
  "account-closed",
  "rate-limited",
])("ends with %s, which would meet every other item", async (code) => {
  const { done, outcome } = await run(() => failure(code));
  expect(done).toHaveLength(2);
  expect(outcome).toMatchObject({ code });
});

it.each<FailureCode>(["bad-reply", "bad-request", "busy", "rejected"])(
  "goes on after %s, which is of one item",
  async (code) => {
    const { done, outcome } = await run((item) => (item < 3 ? failure(code) : undefined));
    expect(done.sort()).toEqual(ten);
    expect(outcome).toMatchObject({ code });
  },
);

it("tells the failure that ended it before one that did not", async () => {
  const { outcome } = await run((item) => failure(item === 0 ? "bad-reply" : "bad-credentials"));
  expect(outcome).toMatchObject({ code: "bad-credentials" });
});

it("throws what is a fault of ours, once what was under way has ended", async () => {
  const fault = new TypeError("ours");
  const { done, outcome } = await run((item) => (item === 0 ? fault : undefined));
  expect(done).toHaveLength(2);
  expect(outcome).toEqual({ thrown: fault });
});
