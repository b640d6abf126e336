import type { Language } from "./language.ts";
import type { Handset } from "./phone.ts";
import type { ChosenPanel, Simulators } from "./start.ts";
import type { SeenMessage } from "./telegram/seen.ts";
import type { User } from "./telegram/types.ts";

type Stage = Pick<Simulators, "telegram" | "panels" | "language" | "phones" | "group" | "operators">;

/** One panel's part of the conversation. */
interface Scene extends Stage {
  readonly handset: Handset;
  readonly line: string;
  readonly print: (line: string) => void;
}

/** What the customer writes to a line, and what is answered, if anything. */
interface Exchange {
  readonly asks: string;
  readonly gets?: string;
}

const customer = "09121234567";
const patienceMs = 15_000;
const columnWidth = 50;

interface Script {
  readonly greeting: Exchange;
  readonly price: Exchange;
  readonly confirmation: Exchange;
  readonly address: Exchange;
}

const scripts: Readonly<Record<Language, Script>> = {
  fa: {
    greeting: {
      asks: "سلام، وقتتون بخیر. امروز تا ساعت چند باز هستید؟",
      gets: "سلام، امروز تا ساعت ۹ شب در خدمتیم.",
    },
    price: { asks: "ممنون. قیمت سرویس کامل چنده؟", gets: "سرویس کامل ۸۵۰ هزار تومان است. نوبت بگذارم؟" },
    confirmation: { asks: "بله لطفاً، ساعت ۵ میام 🙏" },
    address: { asks: "آدرس رو هم می‌فرستید؟", gets: "خیابان آزادی، پلاک ۱۲. منتظرتان هستیم." },
  },
  en: {
    greeting: { asks: "Hi there, how late are you open today?", gets: "Hello! We’re here until 9 tonight." },
    price: { asks: "Thanks. How much is a full service?", gets: "It’s 850,000 toman. Shall I book you in?" },
    confirmation: { asks: "Yes please, I’ll come at 5 🙏" },
    address: { asks: "Could you send me the address, too?", gets: "12 Azadi Street. See you soon!" },
  },
};

/**
 * A customer and an operator talk through the bridge: at length over the one line that there is, or shortly over a line of
 * each panel. Every step waits for what a person would see: the SMS in its topic, the answer on the handset from the same
 * line, the ticks. Prints the handset on the left and the topic on the right; rejects, saying what did not happen, when
 * something does not come.
 */
export async function playConversation(stage: Stage, print: (line: string) => void): Promise<void> {
  const { panels, language, phones, group, operators } = stage;
  const handset = phones.phone(customer);
  // One of them: who answers first has the conversation, and another's answer right after would be held.
  const [sara] = operators;
  if (!sara) throw new Error("there is no operator in the group");

  print(row(`handset ${customer}`, `Telegram: ${group.chat.title ?? ""}`));
  for (const { kind, lines, exchanges } of castOver(panels, scripts[language])) {
    const scene: Scene = { ...stage, handset, line: lines[0], print };
    print(row("─".repeat(columnWidth), "─".repeat(columnWidth)));
    print(row(`line ${scene.line} of ${kind}`, ""));
    for (const { asks, gets } of exchanges) {
      const post = await customerAsks(scene, asks);
      if (gets !== undefined) await operatorAnswers(scene, post, sara, gets);
    }
  }
}

/** Who plays what: every text only once, for the handset is asked whether it has it. */
function castOver(
  panels: Stage["panels"],
  { greeting, price, confirmation, address }: Script,
): readonly (ChosenPanel & { readonly exchanges: readonly Exchange[] })[] {
  if (panels.length === 1) return [{ ...panels[0], exchanges: [greeting, price, confirmation] }];
  return panels.map((panel, index) => ({ ...panel, exchanges: [greeting, price, address].slice(index, index + 1) }));
}

/** The customer's SMS, until it stands in the topic. */
async function customerAsks({ telegram, group, handset, line, print }: Scene, text: string): Promise<SeenMessage> {
  const before = new Set(group.messages().map(({ id }) => id));
  print(row(`→ ${text}`, ""));
  const pushed = await handset.sends(text, { to: line });
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

/** The operator's answer, until the handset has it from the same line and both ticks stand under it. */
async function operatorAnswers(
  { telegram, group, handset, line, print }: Scene,
  question: SeenMessage,
  operator: User,
  text: string,
): Promise<void> {
  const where = question.topicId === undefined ? { replyTo: question.id } : { topic: question.topicId };
  const answer = group.say(operator, text, where);
  print(row("", `${operator.first_name}: ${text}`));

  const marked = (sign: string) => () =>
    group
      .messages()
      .find((message) => message.from.isBot && message.replyTo === answer.id && message.text.startsWith(sign));
  await telegram.waitFor(marked("✓"), patienceMs, `the tick ✓ under "${text}"`);
  print(row("", "  ✓"));
  const got = await handset.gets(text, patienceMs);
  if (got.line !== line) throw new Error(`the answer to an SMS to the line ${line} came from ${got.line}`);
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
