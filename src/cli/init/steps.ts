import { dirname, join } from "node:path";
import { type Config, inboxTokenOf } from "../../config/resolve.ts";
import type { DeskPlaces } from "../check/store.ts";
import { deskId } from "./plan.ts";

/** What is left to do by hand, in order. The inbox token is in it: the URL is of no use without. */
export function renderSteps(config: Config, { file, places }: { file: string; places: DeskPlaces }): string[] {
  const option = file === "config.json" ? "" : ` --config ${file}`;
  const place = places[deskId];
  const code = place && "code" in place ? place.code : undefined;
  const steps = [
    ...registering(config),
    ...gathering(config),
    `Start the bridge: chapar run${option}`,
    ...(code === undefined ? [] : [`Pair it, as an administrator of the group, by writing there:  /pair ${code}`]),
    `Look whether all is right: chapar check${option}`,
  ];
  return [
    `Written: ${file}, and the secrets in ${join(dirname(file), ".env")}, for this user alone.`,
    "",
    "What is left to do:",
    ...steps.map((step, at) => `${at + 1}. ${step}`),
  ];
}

function registering({ server, providers }: Config): string[] {
  return Object.entries(providers).flatMap(([id, provider]) => {
    const token = inboxTokenOf(provider);
    if (token === undefined) return [];
    const path = `/hooks/${id}/${token}`;
    if (server.publicUrl !== undefined) {
      return [
        `Register this address for incoming SMS in the panel (Asanak: سرویس‌ها → وب سرویس → تنظیمات دریافت):
     ${server.publicUrl}${path}`,
      ];
    }
    return [
      `Set server.publicUrl to the address at which the panel reaches this server, then register in the panel
   (Asanak: سرویس‌ها → وب سرویس → تنظیمات دریافت) that address followed by
     ${path}`,
    ];
  });
}

function gathering({ desks }: Config): string[] {
  const desk = desks[deskId];
  if (desk === undefined || (desk.chat ?? 0) > 0) return [];
  if (desk.layout === "replies") {
    return [
      `Make a group for your team and add the bot as an administrator of it. (Or leave it a member, and let it read the group:
   in @BotFather /setprivacy → Disable, and only then add it, for the setting counts from the next joining on.
   Alone? Then no group is needed: write to the bot in private.)`,
    ];
  }
  return [
    "Make a group for your team, and switch Topics on in its settings: each customer gets a topic.",
    `Add the bot and make it an administrator with the right "Manage Topics". An administrator reads what operators write
   whatever its privacy mode is, so nothing is to be set in @BotFather.`,
  ];
}
