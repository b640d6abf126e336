import { expect, test } from "vitest";
import { withoutDirection } from "../../src/telegram/direction.ts";
import { startBridge } from "./start-bridge.ts";

const unpaired = {
  configure: (config: { desks: { support: { line?: string } } }) => ({
    ...config,
    desks: { support: { line: config.desks.support.line } },
  }),
};

test("a right that was missing at the pairing and given while the bridge was down is told once after it, and no more", async () => {
  const bridge = await startBridge(unpaired);
  const { group, desk, operators, app } = bridge;
  const [owner] = operators;
  if (!owner) return expect.unreachable();
  group.setBot("administrator", { can_manage_topics: false });
  group.say(owner, `/pair ${app.pairingCodes[0]?.code}`);
  const welcome = await desk.isTold("وصل شد!");
  expect(withoutDirection(welcome.text)).toMatch(/هنوز یک چیز لازم دارم:\n• اجازه‌ی «مدیریت تاپیک‌ها \(Manage Topics\)»/);

  await bridge.stop();
  group.setBot("administrator");
  await bridge.restart();
  await desk.isTold("حالا دیگر چیزی کم ندارم");
  await bridge.restart();
  group.say(owner, "/help");
  await desk.isTold("فرمان‌ها");
  expect(desk.told("حالا دیگر چیزی کم ندارم")).toHaveLength(1);
});

test("a bot that may not write in the group says so in private to whoever paired it", async () => {
  const bridge = await startBridge(unpaired);
  const { telegram, group, operators, app, desk } = bridge;
  const [owner] = operators;
  if (!owner) return expect.unreachable();
  group.setForum(false);
  group.setBot("member");
  group.letMembersSend(false);
  const privately = telegram.privateChat(owner);
  group.say(owner, `/pair ${app.pairingCodes[0]?.code}`);
  const told = await telegram.waitFor(() => privately.messages().find(({ from }) => from.isBot), 20_000);
  expect(withoutDirection(told.text)).toMatch(/^درباره‌ی گروه.*ارسال پیام \(Send Messages\)/s);
  group.setBot("administrator");
  await desk.isTold("حالا دیگر چیزی کم ندارم");
});
