import { expect, test } from "vitest";
import { withoutDirection } from "../../src/telegram/texts/direction.ts";
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

test("an administrator moves a paired desk to another group with the code that /desk shows them, and to nobody else", async () => {
  const bridge = await startBridge(unpaired);
  const { telegram, group, operators, app, desk } = bridge;
  const [owner, reza] = operators;
  if (!owner || !reza) return expect.unreachable();
  group.say(owner, `/pair ${app.pairingCodes[0]?.code}`);
  await desk.isTold("وصل شد!");
  group.say(owner, "/desk");
  const settings = await desk.isTold("⚙️");
  const label = "بردن به گفتگوی دیگر";
  const refused = group.press(reza, settings, label);
  await telegram.waitFor(() => refused.answer, 20_000);
  expect(refused.answer?.text).not.toContain("/pair");
  const press = group.press(owner, settings, label);
  await telegram.waitFor(() => press.answer, 20_000);
  const [, code] = /\/pair (\w{8})/.exec(withoutDirection(press.answer?.text ?? "")) ?? [];
  const other = telegram.group({ title: "شعبه‌ی دو", forum: true });
  other.add(owner, "creator");
  other.say(owner, `/pair ${code}`);
  const heard = (text: string) => other.messages().find((one) => one.from.isBot && one.text.includes(text));
  await telegram.waitFor(() => heard("وصل شد!"), 20_000);
  await bridge.phone("09120000000").sends("سلام");
  await telegram.waitFor(() => heard("سلام"), 20_000);
  expect(desk.topics()).toEqual([]);
});
