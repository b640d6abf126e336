import { createHmac } from "node:crypto";
import type { DeskId } from "../../core/model/ids.ts";
import { toAsciiDigits } from "../../core/model/text.ts";
import { isSameSecret } from "../../support/same-secret.ts";
import type { BotMemory } from "../memory.ts";
import type { TelegramDesk, TelegramDesks } from "../types.ts";

/** Without 0, O, 1, I and L, which people mix up. */
const alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const length = 8;

/**
 * The code that pairs a desk with a chat. It needs no storage and survives restarts: whoever has the bot token can tell it,
 * nobody else can. `generation` counts the pairings, so a code that was used is dead.
 */
export function pairingCode(token: string, desk: DeskId, generation: number): string {
  const digest = createHmac("sha256", token).update(`chapar pairing\n${generation}\n${desk}`).digest("hex");
  let rest = BigInt(`0x${digest}`);
  let code = "";
  for (let at = 0; at < length; at += 1) {
    code += alphabet[Number(rest % BigInt(alphabet.length))] ?? "";
    rest /= BigInt(alphabet.length);
  }
  return code;
}

/** A code as a person types it: small letters, Persian digits, spaces and hyphens are all right. */
export function normalizeCode(written: string): string {
  return toAsciiDigits(written)
    .replace(/[^A-Za-z0-9]/g, "")
    .toUpperCase();
}

/** The desks that wait to be paired, or may be paired again, with their present codes: those whose chat is not configured. */
export async function openCodes(deps: {
  desks: TelegramDesks;
  memory: BotMemory;
  token: string;
}): Promise<{ desk: TelegramDesk; code: string; generation: number }[]> {
  const free = deps.desks.all.filter((desk) => desk.settings.chat === undefined);
  return Promise.all(
    free.map(async (desk) => {
      const { generation } = await deps.memory.pairingOf(desk.id);
      return { desk, code: pairingCode(deps.token, desk.id, generation), generation };
    }),
  );
}

/** The desk that a typed code belongs to. Every code is compared, each in constant time. */
export async function findByCode(deps: Parameters<typeof openCodes>[0], written: string) {
  const typed = normalizeCode(written);
  const codes = await openCodes(deps);
  return codes.filter(({ code }) => isSameSecret(typed, code))[0];
}

/** The desk that a code belonged to which was used up by its last pairing. */
export async function findByUsedCode(deps: Parameters<typeof openCodes>[0], written: string) {
  const typed = normalizeCode(written);
  const codes = await openCodes(deps);
  const used = codes.filter(({ generation }) => generation > 0);
  return used.filter(({ desk, generation }) => isSameSecret(typed, pairingCode(deps.token, desk.id, generation - 1)))[0]
    ?.desk;
}
