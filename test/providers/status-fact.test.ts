import { expect, it } from "vitest";
import { type FailureCode, ProviderError } from "../../src/core/ports/provider-error.ts";
import { failureFact } from "../../src/providers/status-fact.ts";

const failure = (code: FailureCode, vendor?: string) =>
  new ProviderError(code, "panel: what happened", { certain: true, ...(vendor === undefined ? {} : { vendor }) });

it.each<FailureCode>(["unreachable", "no-answer", "address-refused", "bad-credentials", "account-closed"])(
  "%s is bad whatever was asked, for the bridge cannot work so",
  (code) => {
    for (const aspect of ["access", "line", "inbox"] as const) {
      expect(failureFact({ aspect }, failure(code))).toMatchObject({ aspect, outcome: "bad" });
    }
  },
);

it("any other failure is bad for the access alone, and else it only could not be told", () => {
  for (const code of ["bad-reply", "unsupported", "busy", "no-credit"] as const) {
    expect(failureFact({ aspect: "access" }, failure(code))).toMatchObject({ outcome: "bad" });
    expect(failureFact({ aspect: "line", line: "30001234" }, failure(code))).toMatchObject({
      line: "30001234",
      outcome: "unknown",
    });
  }
  expect(failureFact({ aspect: "access" }, failure("interrupted"))).toMatchObject({ outcome: "unknown" });
});

it("tells the panel's words, or what happened, and a panel's own advice", () => {
  const about = { aspect: "access" } as const;
  expect(failureFact(about, failure("bad-credentials", "7 no"), { "bad-credentials": "look" })).toEqual({
    ...about,
    outcome: "bad",
    failure: "bad-credentials",
    detail: "bad-credentials: 7 no",
    advice: "look",
  });
  expect(failureFact(about, failure("busy"))).toEqual({
    ...about,
    outcome: "bad",
    failure: "busy",
    detail: "busy: panel: what happened",
  });
});

it("throws what is a fault of ours", () => {
  expect(() => failureFact({ aspect: "access" }, new TypeError("ours"))).toThrow(TypeError);
});
