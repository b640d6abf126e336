import { dirname, join } from "node:path";
import { type Config, inboxTokenOf } from "../../config/resolve.ts";
import type { DeskPlaces } from "../check/store.ts";
import { deskId } from "./plan.ts";

/** What is left to do by hand, in order. `program`: how `chapar` is called here. The inbox token is in it: the URL is of no use without. */
export function renderSteps(
  config: Config,
  { file, places, program }: { file: string; places: DeskPlaces; program: string },
): string[] {
  const option = file === "config.json" ? "" : ` --config ${/[^\w./~-]/.test(file) ? `'${file}'` : file}`;
  const place = places[deskId];
  const code = place && "code" in place ? place.code : undefined;
  const steps = [
    ...registering(config),
    ...gathering(config),
    `Start the bridge: ${program} run${option}`,
    ...(code === undefined ? [] : [`Pair it: as an administrator of the group, write there\n\n/pair ${code}\n`]),
    `Look whether all is right: ${program} check${option}`,
  ];
  return [
    `Written, for this user alone: ${file}`,
    `and the secrets: ${join(dirname(file), ".env")}`,
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
        `Register this address in the panel, for SMS that come in
   (Asanak: سرویس‌ها → وب سرویس → تنظیمات دریافت):

${server.publicUrl}${path}
${server.publicUrl.startsWith("https:") ? behindProxy(server) : ""}`,
      ];
    }
    return [
      `Set server.publicUrl in the configuration to the address at which the
   panel reaches this server. Then register in the panel, for SMS that come in
   (Asanak: سرویس‌ها → وب سرویس → تنظیمات دریافت), that address followed by

${path}
`,
    ];
  });
}

function behindProxy({ host, port }: Config["server"]): string {
  return `
   A reverse proxy must take https there and pass /hooks/ on to
   http://${host}:${port}; docs/running.md tells how.`;
}

function gathering({ desks }: Config): string[] {
  const desk = desks[deskId];
  if (desk === undefined || (desk.chat ?? 0) > 0) return [];
  if (desk.layout === "replies") {
    return [
      `Make a group for your team and add the bot as an administrator of it.
   (Or leave it a member, and let it read the group: in @BotFather
   /setprivacy → Disable, and only then add it, for the setting counts from the
   next joining on. Alone? Then no group is needed: write to it in private.)`,
    ];
  }
  return [
    `Make a group for your team, and switch Topics on: tap its name → Edit →
   Topics. Each customer gets a topic.`,
    `Add the bot, and make it an administrator with the right "Manage Topics":
   tap the group's name → Edit → Administrators → Add Admin → the bot. As an
   administrator it reads what operators write whatever its privacy mode is, so
   nothing is to be set in @BotFather.`,
  ];
}
