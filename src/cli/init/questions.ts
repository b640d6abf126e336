import type { z } from "zod";
import { describeIssue } from "../../config/words.ts";
import { providerKinds, requireKind } from "../../providers/index.ts";
import { telegramConfig } from "../../telegram/config.ts";
import { serverConfig } from "../../web/config.ts";
import { type Answers, isLine, type Section } from "./answers.ts";
import type { Choice, Question, Terminal } from "./terminal.ts";
import type { Trial } from "./trials.ts";

export interface Trials {
  telegram(settings: Section): Promise<Trial>;
  panel(settings: Section, line: string | undefined): Promise<Trial>;
}

type Panel = Answers["panel"];

/** Asks what set-up needs, and tests each answer as soon as it can be. */
export async function askAll(terminal: Terminal, trials: Trials): Promise<Answers> {
  terminal.tell(
    "You need the token of a Telegram bot, and the login of your SMS panel's web service. Each answer is tested at once; nothing is written before the last one, and Ctrl-C stops it.",
  );
  const telegram = await askTelegram(terminal, trials);
  const { panel, line } = await askPanel(terminal, trials);
  const server = await askServer(terminal, panel);
  const desk = await askDesk(terminal);
  return { telegram, server, panel, line, desk };
}

async function askTelegram(terminal: Terminal, trials: Trials): Promise<Section> {
  let way = await askWay(terminal);
  let token = await askToken(terminal);
  for (;;) {
    const trial = await terminal.waitFor("Asking Telegram who this bot is …", trials.telegram({ token, ...way }));
    terminal.show(trial.findings);
    if (trial.isGood) return { token, ...way };
    const mend: Choice<"token" | "way">[] = [
      { value: "way", label: "Change how Telegram is reached" },
      { value: "token", label: "Give the token again" },
    ];
    const next = await askOn(terminal, trial.isUnreached ? mend : mend.reverse());
    if (next === "go on") return { token, ...way };
    if (next === "way") way = await askWay(terminal);
    if (next === "token") token = await askToken(terminal);
  }
}

function askToken(terminal: Terminal): Promise<string> {
  const message =
    "The token of your bot. In Telegram, write to @BotFather: /newbot makes a bot and gives it, /mybots shows that of an old one. What you type or paste is not shown.";
  return terminal.secret({ message, check: checkWith(telegramConfig.shape.token) });
}

async function askWay(terminal: Terminal): Promise<Section> {
  const way = await terminal.choose("How does this server reach Telegram?", [
    { value: "direct", label: "Directly, as from outside Iran" },
    { value: "proxy", label: "Through a proxy, as mostly from inside Iran" },
    { value: "relay", label: "Through a relay, or a Bot API server of our own" },
  ]);
  if (way === "direct") return {};
  const { proxy, apiRoot } = telegramConfig.shape;
  if (way === "proxy") return { proxy: await terminal.secret({ message: described(proxy), check: checkWith(proxy) }) };
  const message = "The address that stands for https://api.telegram.org";
  return { apiRoot: await terminal.text({ message, example: "https://…", check: checkWith(apiRoot) }) };
}

async function askPanel(terminal: Terminal, trials: Trials): Promise<{ panel: Panel; line: string }> {
  const kind = await terminal.choose(
    "Which SMS panel do you have?",
    providerKinds.map(({ kind, config }) => ({ value: kind, label: `${kind}: ${described(config.shape.kind)}` })),
  );
  let panel = await askSettings(terminal, { kind }, neededOf(kind));
  let login: Trial;
  for (;;) {
    login = await terminal.waitFor("Asking the panel …", trials.panel(panel, undefined));
    terminal.show(login.findings);
    if (login.isGood) break;
    const mend: Choice<"login" | "address" | "proxy">[] = [
      { value: "address", label: "Give the address again" },
      { value: "proxy", label: "Reach the panel through a proxy" },
      { value: "login", label: "Give the login again" },
    ];
    const next = await askOn(terminal, login.isUnreached ? mend : mend.reverse());
    if (next === "go on") break;
    if (next === "login")
      panel = await askSettings(
        terminal,
        panel,
        neededOf(kind).filter((key) => key !== "baseUrl"),
      );
    if (next === "address") panel = await askSettings(terminal, panel, ["baseUrl"]);
    if (next === "proxy") panel = { ...panel, proxy: await askProxy(terminal, kind) };
  }
  let line = await askLine(terminal);
  const told = new Set(login.findings.map(({ code }) => code));
  // A login that was refused is not tried once more: some panels lock the account then.
  while (login.isGood) {
    const trial = await terminal.waitFor("Asking the panel about this line …", trials.panel(panel, line));
    terminal.show(trial.findings.filter(({ code }) => !told.has(code)));
    if (trial.isGood) break;
    const next = await askOn(terminal, [{ value: "line", label: "Give the line again" }]);
    if (next === "go on") break;
    if (next === "line") line = await askLine(terminal);
  }
  return { panel, line };
}

function askLine(terminal: Terminal): Promise<string> {
  const check = (typed: string) => (isLine(typed) ? undefined : "Digits only, as the panel shows it");
  return terminal.text({ message: "Your line: the number that SMS go out from and come in to", check });
}

/** What the panel cannot do without, and its address. */
function neededOf(kind: string): string[] {
  const settings = Object.entries<z.ZodType>(requireKind(kind).config.shape);
  return settings.flatMap(([key, schema]) => {
    const isNeeded = key === "baseUrl" || !schema.safeParse(undefined).success;
    return isNeeded && key !== "kind" ? [key] : [];
  });
}

/** What was answered before need not be typed again, unless it is a secret. */
async function askSettings(terminal: Terminal, before: Panel, keys: readonly string[]): Promise<Panel> {
  const shape: Readonly<Record<string, z.ZodType>> = requireKind(before.kind).config.shape;
  let panel = before;
  for (const key of keys) {
    const schema = shape[key];
    if (!schema) continue;
    const usual: unknown = before[key] ?? schema.safeParse(undefined).data;
    const question: Question = {
      message: described(schema),
      check: checkWith(schema),
      ...(typeof usual === "string" ? { usual } : {}),
    };
    const isSecret = /password|key|token/i.test(key);
    const answer = isSecret ? await terminal.secret(question) : await terminal.text(question);
    if (answer !== usual) panel = { ...panel, [key]: answer };
  }
  return panel;
}

function askProxy(terminal: Terminal, kind: string): Promise<string> {
  const { proxy } = requireKind(kind).config.shape;
  return terminal.secret({ message: described(proxy), check: checkWith(proxy) });
}

/** Only a panel that pushes must reach us. */
async function askServer(terminal: Terminal, { kind }: Panel): Promise<Section> {
  if (!("inboxToken" in requireKind(kind).config.shape)) return {};
  const check = checkWith(serverConfig.shape.publicUrl);
  const publicUrl = await terminal.text({
    message:
      "The panel brings SMS that come in to an address of this server: under which does the internet reach it? (Enter alone: set it later)",
    example: "https://sms.example.com",
    check: (typed) => (typed === "" ? undefined : check(typed)),
  });
  return publicUrl === "" ? {} : { publicUrl };
}

async function askDesk(terminal: Terminal): Promise<Section> {
  const layout = await terminal.choose("Where will your operators work?", [
    { value: "auto", label: "In a group with topics: one for each customer" },
    { value: "replies", label: "In a group without topics, or alone in a private chat: by replying" },
  ]);
  const language = await terminal.choose("Which language does the bot speak there?", [
    { value: "fa", label: "فارسی (Persian)" },
    { value: "en", label: "English" },
  ]);
  return { ...(layout === "auto" ? {} : { layout }), language };
}

function askOn<T extends string>(terminal: Terminal, mends: readonly Choice<T>[]): Promise<T | "again" | "go on"> {
  return terminal.choose<T | "again" | "go on">("What now?", [
    ...mends,
    { value: "again", label: "Test once more" },
    { value: "go on", label: "Go on anyway", hint: "`chapar check` tells later whether it works" },
  ]);
}

function checkWith(schema: z.ZodType): (typed: string) => string | undefined {
  return (typed) => {
    const problem = schema.safeParse(typed, { error: describeIssue }).error?.issues[0]?.message;
    return problem === undefined ? undefined : `This ${problem}`;
  };
}

function described({ description = "" }: z.ZodType): string {
  return description.replaceAll("`", "").replace(/\.$/, "");
}
