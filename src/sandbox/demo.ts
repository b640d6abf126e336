import type { Handset } from "./phone.ts";
import type { Simulators } from "./start.ts";
import type { SeenMessage } from "./telegram/seen.ts";

type Stage = Pick<Simulators, "telegram" | "phones" | "group" | "operators">;

const customer = "09121234567";
const patienceMs = 15_000;
const columnWidth = 50;

/**
 * A customer and an operator talk through the bridge. Every step waits for what a person would see: the SMS in its topic,
 * the answer on the handset, the ticks. Prints the handset on the left and the topic on the right; rejects, saying what did
 * not happen, when something does not come.
 */
export async function playConversation(stage: Stage, print: (line: string) => void): Promise<void> {
  const { phones, group, operators } = stage;
  const handset = phones.phone(customer);
  const [sara, reza = sara] = operators;
  if (!sara || !reza) throw new Error("there is no operator in the group");

  print(row(`handset ${customer}`, `Telegram: ${group.chat.title ?? ""}`));
  print(row("─".repeat(columnWidth), "─".repeat(columnWidth)));

  const asked = await customerAsks(stage, handset, "سلام، وقتتون بخیر. امروز تا ساعت چند باز هستید؟", print);
  await operatorAnswers(stage, handset, asked, sara.first_name, "سلام، امروز تا ساعت ۹ شب در خدمتیم.", print);
  const priced = await customerAsks(stage, handset, "ممنون. قیمت سرویس کامل چنده؟", print);
  await operatorAnswers(stage, handset, priced, reza.first_name, "سرویس کامل ۸۵۰ هزار تومان است. نوبت بگذارم؟", print);
  await customerAsks(stage, handset, "بله لطفاً، ساعت ۵ میام 🙏", print);
}

/** The customer's SMS, until it stands in the topic. */
async function customerAsks(
  { telegram, group }: Stage,
  handset: Handset,
  text: string,
  print: (line: string) => void,
): Promise<SeenMessage> {
  const before = new Set(group.messages().map(({ id }) => id));
  print(row(`→ ${text}`, ""));
  const pushed = await handset.sends(text);
  if (pushed.status !== 200) throw new Error(`the bridge answered ${pushed.status} to the panel's push of an SMS`);
  const post = await telegram.waitFor(
    () => group.messages().find((message) => isNewPost(message, before) && message.text.includes(text)),
    patienceMs,
    `the SMS "${text}" appearing in Telegram`,
  );
  const topic = group.topics().find(({ id }) => id === post.topicId);
  print(row("", `[${topic?.name ?? "General"}] ${text}`));
  return post;
}

/** The operator's answer, until the handset has it and both ticks stand under it. */
async function operatorAnswers(
  { telegram, group, operators }: Stage,
  handset: Handset,
  question: SeenMessage,
  name: string,
  text: string,
  print: (line: string) => void,
): Promise<void> {
  const operator = operators.find(({ first_name }) => first_name === name);
  if (!operator) throw new Error(`there is no operator ${name}`);
  const where = question.topicId === undefined ? { replyTo: question.id } : { topic: question.topicId };
  const answer = group.say(operator, text, where);
  print(row("", `${name}: ${text}`));

  const marked = (sign: string) => () =>
    group
      .messages()
      .find((message) => message.from.isBot && message.replyTo === answer.id && message.text.startsWith(sign));
  await telegram.waitFor(marked("✓"), patienceMs, `the tick ✓ under "${text}"`);
  print(row("", "  ✓"));
  await handset.gets(text, patienceMs);
  print(row(`← ${text}`, ""));
  await telegram.waitFor(marked("✓✓"), patienceMs, `the ticks ✓✓ under "${text}"`);
  print(row("", "  ✓✓"));
}

function isNewPost(message: SeenMessage, before: ReadonlySet<number>): boolean {
  return message.from.isBot && !before.has(message.id);
}

function row(left: string, right: string): string {
  return `${left}${" ".repeat(Math.max(0, columnWidth - widthOf(left)))} │ ${right}`.trimEnd();
}

/** Columns on a terminal, near enough: marks and joiners take none, emoji two. */
function widthOf(text: string): number {
  return [...text.replace(/[\p{M}\p{Cf}]/gu, "")].reduce(
    (width, char) => width + (/\p{Extended_Pictographic}/u.test(char) ? 2 : 1),
    0,
  );
}
