import { expect, test } from "vitest";
import { createRaw, load, problemsWith } from "./write-config.ts";

const withDesk = (changes: object) => {
  const raw = createRaw();
  return { ...raw, desks: { support: { ...raw.desks.support, ...changes } } };
};
const withLine = (changes: object) => {
  const raw = createRaw();
  return { ...raw, lines: { "982164063188": { ...raw.lines["982164063188"], ...changes } } };
};

test("hours, holidays and the away text of a desk are read", async () => {
  const { config, warnings } = await load(
    withDesk({
      hours: { "شنبه تا چهارشنبه": "۹ تا ۱۳ و ۱۶ تا ۲۰", thu: "9-13" },
      holidays: ["1405/01/13", "25 December"],
      away: "بسته‌ایم؛ {opens} باز می‌کنیم",
    }),
  );
  expect(warnings).toEqual([]);
  const desk = config.desks.support;
  expect(desk?.hours?.map((spans) => spans.length)).toEqual([2, 2, 2, 2, 1, 0, 2]);
  expect(desk?.holidays).toHaveLength(2);
  expect(desk?.away).toEqual({ text: "بسته‌ایم؛ {opens} باز می‌کنیم", everySeconds: 43_200 });
});

test("the period of the away text, and a line's quiet hours", async () => {
  const { config } = await load(withDesk({ hours: { daily: "9-17" }, away: { text: "Closed", everySeconds: 600 } }));
  expect(config.desks.support?.away).toEqual({ text: "Closed", everySeconds: 600 });
  const { config: quiet } = await load(withLine({ quiet: "22-8" }));
  expect(quiet.lines["+982164063188"]?.quiet).toEqual([{ from: 1320, to: 1920 }]);
});

test.each([
  [{ hours: {} }, "desks.support.hours: names no hours"],
  [{ hours: { someday: "9-17" } }, 'desks.support.hours.someday: "someday" is not a day'],
  [{ hours: { thu: "9-5" } }, 'desks.support.hours.thu: "9-5" ends before it begins'],
  [{ hours: { thu: "nine" } }, 'desks.support.hours.thu: "nine" is not understood'],
  [{ hours: { thu: 9 } }, "desks.support.hours.thu: must be a text, not a number"],
  [{ hours: { "sat-wed": "9-17", mon: "9-13" } }, "desks.support.hours.mon: names a day that another entry names"],
  [{ hours: "9-17" }, "desks.support.hours: must be an object, not a text"],
  [{ holidays: ["1405/01/13", "1405/13/01"] }, 'desks.support.holidays[1]: "1405/13/01" is not a day of the calendar'],
  [{ holidays: ["Nowruz"] }, 'desks.support.holidays[0]: "Nowruz" is not understood'],
  [{ away: "" }, "desks.support.away: must not be empty"],
  [{ away: "We open {open}" }, "desks.support.away: may hold no other braces than {opens}"],
  [{ away: { text: "Closed", everySecond: 5 } }, "desks.support.away.everySecond: is not a key"],
  [{ away: { text: "Closed", everySeconds: 0 } }, "desks.support.away.everySeconds: must be more than 0"],
])("what is wrong with %j is told", async (changes, problem) => {
  const [first, ...others] = await problemsWith(withDesk(changes));
  expect(first).toContain(problem);
  expect(others).toEqual([]);
});

test.each([
  ["0-24", "leaves no time of the day"],
  ["22-8, 8-22", "leaves no time of the day"],
  ["at night", '"at night" is not understood'],
])("quiet hours such as %j are refused", async (quiet, problem) => {
  expect(await problemsWith(withLine({ quiet }))).toEqual([
    expect.stringContaining(`lines.982164063188.quiet: ${problem}`),
  ]);
});

test("an away text of a desk that never closes is warned about; holidays alone are enough to close it", async () => {
  for (const changes of [{}, { hours: { daily: "0-24" } }]) {
    const { warnings } = await load(withDesk({ ...changes, away: "Closed" }));
    expect(warnings.map(({ path, what }) => `${path} ${what}`)).toEqual([
      "desks.support.away is never sent, because the desk is always open",
    ]);
  }
  expect((await load(withDesk({ holidays: ["01/13"], away: "Closed" }))).warnings).toEqual([]);
});
