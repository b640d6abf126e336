import { expect, test } from "vitest";
import { parseOptOutWord } from "../../../src/core/model/opt-out.ts";

test.each([
  "لغو",
  " لغو\n",
  "لغو.",
  "«لغو»",
  "لـغـو",
  "ل غ و",
  "لَغو",
  "\u200fلغو\u200c",
  "ﻟﻐﻮ",
  "لغو۱۱",
  "لغو11",
  "لغو ١١",
  "لغو، ۱۱",
  "۱۱ لغو",
  "لغو ۱ ۱",
  "STOP",
  "stop!",
  "Stop.",
  "S.T.O.P",
  "ＳＴＯＰ",
])("%j opts out by itself", (text) => {
  expect(parseOptOutWord(text)).toEqual({ wants: "out", isBare: false });
});

test.each(["شروع", " شروع. ", "START", "start", "Start!"])("%j returns", (text) => {
  expect(parseOptOutWord(text)).toEqual({ wants: "back", isBare: false });
});

test.each([
  ["11", "out"],
  ["۱۱", "out"],
  ["١١", "out"],
  [" ۱۱. ", "out"],
  ["«۱۱»", "out"],
  ["۱۲", "back"],
  ["12!", "back"],
] as const)("%j is a number that may mean it: %s", (text, wants) => {
  expect(parseOptOutWord(text)).toEqual({ wants, isBare: true });
});

test.each([
  "",
  "لغو سفارشم",
  "لغو کنید",
  "سفارش ۱۱ را لغو",
  "لغو؟",
  "لغو12",
  "لغو۱۱۱",
  "stop it",
  "don't stop",
  "nonstop",
  "START now",
  "شروع کنید",
  "۱۱؟",
  "1 1",
  "1.1",
  "۱۱:۰۰",
  "+11",
  "-11",
  "11,5",
  "111",
  "۱۳",
  "۱۱ عدد",
  "ساعت ۱۱",
  `${"لغو ".repeat(100)}`,
])("%j is an SMS like any other", (text) => {
  expect(parseOptOutWord(text)).toBeUndefined();
});
