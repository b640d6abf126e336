import { jsonResponse, type SimRequest, type SimResponse, tryToRead } from "../http.ts";
import { keepCall } from "../kept-calls.ts";
import { type Network, openNetwork } from "../network.ts";
import { createTimers, type WorldClock, worldClock } from "../timers.ts";
import { createWatch, type Watch } from "../watch.ts";
import { ApiFailure, badRequest } from "./errors.ts";
import { createFaults, type Faults } from "./faults.ts";
import { createGroup, type Group, type GroupOptions } from "./group.ts";
import { createLimits, type FloodLimits } from "./limits.ts";
import { botMethods } from "./methods/bot.ts";
import { chatMethods } from "./methods/chats.ts";
import { messageMethods } from "./methods/messages.ts";
import type { Method } from "./methods/method.ts";
import { reactionMethods } from "./methods/reactions.ts";
import { topicMethods } from "./methods/topics.ts";
import { openPrivateChat, type PrivateChat } from "./private-chat.ts";
import type { User } from "./types.ts";
import { createUpdateQueue } from "./updates.ts";
import { findMethod, type Parameters, readCall, type Violation } from "./validate.ts";
import { createWebhook } from "./webhook.ts";
import type { TelegramChange, World } from "./world.ts";

export interface TelegramOptions {
  /** Default `100000001:SIMULATED-TOKEN`. */
  readonly token?: string;
  readonly port?: number;
  readonly clock?: WorldClock;
  readonly botName?: string;
  readonly botUsername?: string;
  /** Default on, as BotFather makes bots. */
  readonly privacyMode?: boolean;
  /** Flood limits; without them there are none. */
  readonly limits?: FloodLimits;
  /** The first wait before a webhook call is repeated. Default 1000. */
  readonly webhookBackoffMs?: number;
  /** How long a press can be answered. Default 60. */
  readonly pressTtlSeconds?: number;
}

/** One call of the bot, and how it ended. */
export interface ApiCall {
  readonly method: string;
  readonly parameters: Parameters;
  /** Epoch milliseconds at which it came. */
  readonly at: number;
  /** Absent while it is under way. */
  answer?:
    | { readonly ok: true; readonly result: unknown }
    | { readonly ok: false; readonly code: number; readonly description: string };
}

export interface PersonOptions {
  readonly id?: number;
  readonly name?: string;
  readonly username?: string;
  /** Default `fa`. */
  readonly language?: string;
  readonly isBot?: boolean;
}

/** Telegram on loopback: the Bot API over real HTTP, and the people behind it. */
export interface TelegramSimulator {
  /** What a bot takes as its `apiRoot`. */
  readonly url: string;
  readonly token: string;
  readonly bot: User & { readonly username: string };
  readonly network: Network;
  /** The last 50,000 calls, oldest first. */
  readonly calls: readonly ApiCall[];
  /** Requests that the method list does not allow. A test may want none. */
  readonly violations: readonly Violation[];
  /** How often 429 was answered because of a flood limit. */
  readonly floods: number;
  /** Calls of one method. */
  callsOf(method: string): ApiCall[];
  /** Of a file that was sent, by a person or by the bot, by its `file_id`. */
  fileContent(id: string): string | undefined;
  fail: Faults["fail"];
  /** `undefined` switches flood limits off. */
  setLimits(limits: FloodLimits | undefined): void;
  user(options?: PersonOptions): User;
  group(options?: GroupOptions): Group;
  /** A person's chat with the bot, opened by the person. */
  privateChat(user: User): PrivateChat;
  /** A picture that the bot has sent, by its `file_id`. */
  picture(id: string): Buffer | undefined;
  /** Commands as set for a scope and language: `default`, `default:fa`, `chat:-100…`. */
  commands(key: string): readonly { readonly command: string; readonly description: string }[];
  /** Updates that the bot has not confirmed. */
  pendingUpdates(): number;
  readonly isPolled: boolean;
  onChange: Watch<TelegramChange>["onChange"];
  waitFor: Watch<TelegramChange>["waitFor"];
  stop(): Promise<void>;
}

const methods: Readonly<Record<string, Method>> = {
  ...botMethods,
  ...chatMethods,
  ...messageMethods,
  ...reactionMethods,
  ...topicMethods,
};

export async function startTelegramSimulator(options: TelegramOptions = {}): Promise<TelegramSimulator> {
  const token = options.token ?? "100000001:SIMULATED-TOKEN";
  const timers = createTimers(options.clock ?? worldClock);
  const watch = createWatch<TelegramChange>(timers);
  const updates = createUpdateQueue(timers);
  const world: World = {
    bot: {
      id: Number(token.split(":")[0]),
      is_bot: true,
      first_name: options.botName ?? "Chapar",
      username: options.botUsername ?? "chapar_sandbox_bot",
    },
    users: new Map(),
    chats: new Map(),
    presses: new Map(),
    files: new Map(),
    pictures: new Map(),
    commands: new Map(),
    updates,
    timers,
    watch,
    privacyMode: options.privacyMode ?? true,
    pressTtlSeconds: options.pressTtlSeconds ?? 60,
  };
  world.users.set(world.bot.id, world.bot);
  const webhook = createWebhook({ updates, timers, backoffMs: options.webhookBackoffMs ?? 1000 });
  const faults = createFaults();
  const limits = createLimits();
  limits.set(options.limits);
  const calls: ApiCall[] = [];
  const violations: Violation[] = [];
  const network = await openNetwork({ handle, timers, port: options.port });

  async function handle(request: SimRequest): Promise<SimResponse> {
    const [, bearer = "", filePath = ""] = /^\/file\/bot([^/]+)\/(.+)$/.exec(request.path) ?? [];
    if (filePath !== "") return giveFile(decodeURIComponent(bearer), filePath);
    const [, path = "", written = ""] = /^\/bot([^/]+)\/(\w+)\/?$/.exec(request.path) ?? [];
    if (decodeURIComponent(path) !== token) {
      return path === ""
        ? toResponse(new ApiFailure(404, "Not Found"))
        : toResponse(new ApiFailure(401, "Unauthorized"));
    }
    const found = findMethod(written);
    if (!found) {
      violations.push({ method: written, problem: "unknown method" });
      return toResponse(new ApiFailure(404, "Not Found"));
    }
    const sent = tryToRead(request);
    if (!sent) return toResponse(badRequest("can't parse the body of the request"));
    const call: ApiCall = { method: found.name, parameters: sent.values, at: timers.now() };
    keepCall(calls, call);
    try {
      const parameters = readCall(found, sent, (violation) => violations.push(violation));
      const result = await answer(found.name, parameters, request.gone);
      call.answer = { ok: true, result };
      return jsonResponse(200, { ok: true, result });
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      call.answer = { ok: false, code: error.code, description: error.description };
      return toResponse(error);
    } finally {
      watch.tell({ kind: "answer", method: found.name });
    }
  }

  function giveFile(bearer: string, path: string): SimResponse {
    const file = [...world.files.values()].find((one) => one.path === path);
    if (bearer !== token) return toResponse(new ApiFailure(401, "Unauthorized"));
    if (!file) return toResponse(new ApiFailure(404, "Not Found"));
    return { status: 200, contentType: "application/octet-stream", body: file.content };
  }

  async function answer(name: string, parameters: Parameters, gone: AbortSignal): Promise<unknown> {
    const run = methods[name];
    const failure = faults.take(name, parameters);
    if (failure?.when === "before") throw failure.error;
    if (!run) {
      violations.push({ method: name, problem: "not simulated" });
      throw badRequest(`method ${name} is not simulated`);
    }
    const chatId = parameters.chat_id;
    if (typeof chatId === "number") {
      const isPrivate = world.chats.get(chatId)?.chat.type === "private";
      limits.spend({ method: name, chatId, isPrivate }, timers.now());
    }
    const running = run(parameters, { world, webhook, gone });
    watch.tell({ kind: "call", method: name });
    const result = await running;
    if (failure) throw failure.error;
    return structuredClone(result);
  }

  function user({ id, name = "User", username, language = "fa", isBot = false }: PersonOptions = {}): User {
    const made: User = {
      id: id ?? 500_000_000 + world.users.size,
      is_bot: isBot,
      first_name: name,
      username,
      language_code: language,
    };
    world.users.set(made.id, made);
    return made;
  }

  let isStopped = false;
  return {
    url: network.url,
    token,
    bot: world.bot,
    network,
    calls,
    violations,
    get floods() {
      return limits.refusals;
    },
    fileContent: (id) => world.files.get(id)?.content,
    callsOf: (name) => calls.filter((call) => call.method === name),
    fail: faults.fail,
    setLimits: limits.set,
    user,
    group: (groupOptions = {}) => createGroup(world, groupOptions),
    privateChat: (person) => openPrivateChat(world, person),
    picture: (id) => world.pictures.get(id),
    commands: (key) => world.commands.get(key) ?? [],
    pendingUpdates: () => updates.pending().length,
    get isPolled() {
      return updates.isPolled;
    },
    onChange: watch.onChange,
    waitFor: watch.waitFor,
    async stop() {
      if (isStopped) return;
      isStopped = true;
      watch.stop();
      timers.stop();
      await webhook.stop();
      await network.stop();
    },
  };
}

function toResponse({ code, description, parameters }: ApiFailure): SimResponse {
  const headers = parameters?.retry_after === undefined ? undefined : { "retry-after": String(parameters.retry_after) };
  return jsonResponse(code, { ok: false, error_code: code, description, ...(parameters && { parameters }) }, headers);
}
