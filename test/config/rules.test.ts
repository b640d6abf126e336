import { expect, test } from "vitest";
import { createRaw, load, problemsWith } from "./write-config.ts";

const withRules = (...rules: readonly object[]) => ({
  ...createRaw(),
  desks: { support: { chat: -1001, rules } },
});
const warned = async (...rules: readonly object[]) => {
  const { warnings } = await load(withRules(...rules));
  return warnings.filter(({ path }) => path.includes("rules")).map(({ path, what }) => `${path} ${what}`);
};

test("a rule must do something, and one that drops does nothing else", async () => {
  expect(await problemsWith(withRules({ sender: "3000*" }, { drop: true, topic: "a" }))).toEqual([
    "desks.support.rules[0]: does nothing: it needs one of desk, topic, silent, drop, maskCodesAfterSeconds",
    "desks.support.rules[1]: drops the SMS, so that it can do nothing else with it",
  ]);
});

test.each([
  [{ sender: "", silent: true }, /rules\[0\]\.sender/],
  [{ sender: [], silent: true }, /rules\[0\]\.sender/],
  [{ pattern: "/(/", silent: true }, /rules\[0\]\.pattern: is no regular expression/],
  [{ pattern: "/(?=a)/", silent: true }, /rules\[0\]\.pattern: is no regular expression/],
  [{ pattern: "a".repeat(201), silent: true }, /rules\[0\]\.pattern/],
  [{ topic: "a\nb" }, /rules\[0\]\.topic: must be one line/],
  [{ topic: "x".repeat(65) }, /rules\[0\]\.topic/],
  [{ maskCodesAfterSeconds: 0 }, /rules\[0\]\.maskCodesAfterSeconds/],
  [
    { maskCodesAfter: 60 },
    /rules\[0\]\.maskCodesAfter: is not a key of the configuration — did you mean "maskCodesAfterSeconds"/,
  ],
])("tells what is wrong with %j", async (rule, wanted) => {
  expect((await problemsWith(withRules(rule))).join("\n")).toMatch(wanted);
});

test("the desk of a rule must exist, and its line be one of its desk's", async () => {
  const problems = await problemsWith(
    withRules(
      { line: "30001234", silent: true },
      { desk: "suport", pattern: "فوری" },
      { line: "021 6406 3188", drop: true },
    ),
  );
  expect(problems).toEqual([
    expect.stringMatching(/^desks\.support\.rules\[0\]\.line: is not a line of this desk — name one of "982164063188"/),
    'desks.support.rules[1].desk: there is no desk of this name — did you mean "support"?',
  ]);
});

test.each([
  [[{ drop: true }, { sender: "3000*", silent: true }], [1]],
  [
    [
      { sender: "not-mobile", silent: true },
      { sender: "3000*", drop: true },
      { sender: "DigiKala", drop: true },
    ],
    [1, 2],
  ],
  [
    [
      { sender: "3000*", silent: true },
      { sender: ["30001234", "300055"], pattern: "a", drop: true },
    ],
    [1],
  ],
  [
    [
      { sender: "0912 123 4567", silent: true },
      { sender: "+989121234567", drop: true },
    ],
    [1],
  ],
  [
    [
      { pattern: "حراج", silent: true },
      { pattern: "حراج", sender: "3000*", drop: true },
    ],
    [1],
  ],
  [
    [
      { line: "982164063188", silent: true },
      { line: "021 64063188", drop: true },
    ],
    [1],
  ],
  [
    [
      { sender: "not-mobile", silent: true },
      { sender: "09121234567", drop: true },
      { sender: "0*", drop: true },
    ],
    [],
  ],
  [[{ sender: "3000*", silent: true }, { sender: ["30001234", "1000*"], drop: true }, { drop: true }], []],
  [
    [
      { sender: "3000*", pattern: "a", silent: true },
      { sender: "3000*", drop: true },
    ],
    [],
  ],
  [[{ line: "982164063188", silent: true }, { drop: true }], []],
])("of %j those that can never match are %j", async (rules, idle) => {
  expect(await warned(...rules)).toEqual(
    idle.map((index) =>
      expect.stringMatching(new RegExp(`^desks\\.support\\.rules\\[${index}\\] can never match: rules\\[0\\]`)),
    ),
  );
});

test("a rule has an effect, and none is told to have none", async () => {
  expect(await warned({ sender: "not-mobile", topic: "تبلیغات", silent: true, maskCodesAfterSeconds: 600 })).toEqual(
    [],
  );
});
