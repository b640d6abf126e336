import type { ChatMember } from "grammy/types";
import { expect, test } from "vitest";
import { isInChat } from "../../../src/telegram/chat/rights.ts";

test.each([
  ["creator", {}, true],
  ["administrator", {}, true],
  ["member", {}, true],
  ["restricted", { is_member: true }, true],
  ["restricted", { is_member: false }, false],
  ["left", {}, false],
  ["kicked", {}, false],
] as const)("%s %j: is it in the chat? %s", (status, more, isIn) => {
  expect(isInChat({ status, ...more } as ChatMember)).toBe(isIn);
});
