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
    terminal.tell("Asking Telegram who this bot is …");
    const trial = await trials.telegram({ token, ...way });
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
  const message = "The token of your bot (in Telegram: @BotFather, /newbot)";
  return terminal.secret({ message, check: checkWith(telegramConfig.shape.token) });
}

async function askWay(terminal: Terminal): Promise<Section> {
  const way = await terminal.choose("How does this server reach Telegram?", [
    { value: "direct", label: "Directly" },
    { value: "proxy", label: "Through a proxy", hint: "the usual way from inside Iran" },
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
    providerKinds.map((one) => ({ value: one.kind, label: one.kind, hint: one.config.shape.kind.description ?? "" })),
  );
  let panel = await askLogin(terminal, { kind });
  let isLoggedIn = false;
  for (;;) {
    terminal.tell("Asking the panel …");
    const login = await trials.panel(panel, undefined);
    terminal.show(login.findings);
    isLoggedIn = login.isGood;
    if (login.isGood) break;
    const mend: Choice<"login" | "proxy">[] = [
      { value: "proxy", label: "Reach the panel through a proxy" },
      { value: "login", label: "Give the login and the address again" },
    ];
    const next = await askOn(terminal, login.isUnreached ? mend : mend.reverse());
    if (next === "go on") break;
    if (next === "login") panel = await askLogin(terminal, panel);
    if (next === "proxy") panel = { ...panel, proxy: await askProxy(terminal, kind) };
  }
  let line = await askLine(terminal);
  // A login that was refused is not tried once more: some panels lock the account then.
  while (isLoggedIn) {
    const trial = await trials.panel(panel, line);
    terminal.show(trial.findings.filter(({ text }) => /^\S+ +line /.test(text)));
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

/** What the panel cannot do without, and its address. What was answered before need not be typed again, unless it is a secret. */
async function askLogin(terminal: Terminal, before: Panel): Promise<Panel> {
  let panel = before;
  for (const [key, schema] of Object.entries<z.ZodType>(requireKind(before.kind).config.shape)) {
    const isNeeded = !schema.safeParse(undefined).success;
    if (key === "kind" || (key !== "baseUrl" && !isNeeded)) continue;
    const usual: unknown = before[key] ?? (isNeeded ? undefined : schema.parse(undefined));
    const question: Question = {
      message: `${key}: ${described(schema)}`,
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
    message: "The address at which the panel will reach this server (nothing: I set server.publicUrl later)",
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
  return description.replaceAll("`", "");
}
