import express, { Router } from "express";
import { z } from "zod";
import type { BridgeKeeper } from "./bridge/keeper.ts";
import { addBridgeRoutes } from "./bridge/routes.ts";
import type { Choice } from "./choice.ts";
import { attempt, refuse } from "./control-answers.ts";
import { addPanelRoutes, showPanels, smsOfAsanak } from "./control-panels.ts";
import { toHandsetNumber } from "./number.ts";
import type { PanelSimulators } from "./panels.ts";
import type { Phones } from "./phone.ts";
import type { Group } from "./telegram/group.ts";
import type { SeenMessage } from "./telegram/seen.ts";
import type { TelegramSimulator } from "./telegram/server.ts";
import type { User } from "./telegram/types.ts";

export interface ControlDeps extends PanelSimulators {
  readonly telegram: TelegramSimulator;
  readonly choice: Choice;
  readonly bridge: BridgeKeeper;
  readonly phones: Phones;
  readonly group: Group;
  /** The people in the group; the first speaks where nobody is named. */
  readonly operators: readonly User[];
}

const smsShape = z.object({ text: z.string(), to: z.string().optional() });
const powerShape = z.object({ on: z.boolean() });
const sayShape = z.object({
  text: z.string(),
  user: z.string().optional(),
  topic: z.number().optional(),
  replyTo: z.number().optional(),
});
const pressShape = z.object({
  message: z.number(),
  user: z.string().optional(),
  data: z.string().optional(),
  text: z.string().optional(),
});

/**
 * Everything that a person, a script or a page can do with the simulators, over HTTP and in JSON, under `/sandbox`.
 * Answers 400 with `{ error }` where a request cannot be understood, 404 where it names what is not there, and 409 where it
 * cannot be done.
 */
export function createControl(deps: ControlDeps): Router {
  const { telegram, asanak, phones, group } = deps;
  const router = Router();
  router.use(express.json());

  router.get("/", (_request, response) => {
    response.json({ routes, panels: deps.choice.panels.map(({ kind, lines }) => ({ name: kind, lines })) });
  });

  router.param("number", (_request, response, next, number: string) => {
    if (toHandsetNumber(number) !== "") next();
    else refuse(response, 400, "a number has digits");
  });

  router.post("/phones/:number/sms", async (request, response) => {
    const sms = smsShape.safeParse(request.body);
    if (!sms.success) return refuse(response, 400, "text is missing");
    await attempt(response, () =>
      phones.phone(request.params.number).sends(sms.data.text, sms.data.to === undefined ? {} : { to: sms.data.to }),
    );
  });

  router.get("/phones/:number", (request, response) => {
    const { number, isOn, thread } = phones.phone(request.params.number);
    response.json({ number, isOn, thread });
  });

  router.post("/phones/:number/power", (request, response) => {
    const power = powerShape.safeParse(request.body);
    if (!power.success) return refuse(response, 400, "on is missing");
    const handset = phones.phone(request.params.number);
    if (power.data.on) handset.switchOn();
    else handset.switchOff();
    response.json({ number: handset.number, isOn: handset.isOn });
  });

  router.get("/telegram", (_request, response) => {
    response.json({
      chat: group.chat,
      operators: deps.operators,
      topics: group.topics().map((topic) => ({ ...topic, messages: group.messages(topic.id).map(shown) })),
      general: group.messages("general").map(shown),
    });
  });

  router.post("/telegram/say", async (request, response) => {
    const said = sayShape.safeParse(request.body);
    if (!said.success) return refuse(response, 400, "text is missing");
    const { text, topic, replyTo } = said.data;
    await attempt(response, () => {
      const where = { ...(topic !== undefined && { topic }), ...(replyTo !== undefined && { replyTo }) };
      return shown(group.say(requireOperator(said.data.user), text, where));
    });
  });

  router.post("/telegram/press", async (request, response) => {
    const pressed = pressShape.safeParse(request.body);
    const button = pressed.data?.data ?? pressed.data?.text;
    if (!pressed.success || button === undefined) return refuse(response, 400, "message, and data or text, are needed");
    await attempt(response, async () => {
      const press = group.press(requireOperator(pressed.data.user), pressed.data.message, button);
      await telegram.waitFor(() => press.answer, 5000, "the answer to the press").catch(() => {});
      return { id: press.id, answer: press.answer };
    });
  });

  addPanelRoutes(router, deps);
  addBridgeRoutes(router, deps);

  router.get("/calls", (_request, response) => {
    response.json({
      telegram: telegram.calls.filter(({ method }) => method !== "getUpdates").slice(-1000),
      asanak: asanak.calls.slice(-1000),
      sms: smsOfAsanak(deps),
      panels: showPanels(deps, deps.choice.panels),
      violations: telegram.violations,
    });
  });

  function requireOperator(name: string | undefined): User {
    const [first] = deps.operators;
    const found =
      name === undefined ? first : deps.operators.find((user) => user.first_name === name || String(user.id) === name);
    if (!found) throw new Error(`there is no operator "${name ?? ""}"`);
    return found;
  }

  return Router().use("/sandbox", router);
}

const routes = [
  "GET /sandbox/events: the state as server-sent events",
  "POST /sandbox/phones {number?}",
  "POST /sandbox/phones/:number/sms {text, to?}",
  "GET /sandbox/phones/:number",
  "POST /sandbox/phones/:number/power {on}",
  "GET /sandbox/telegram",
  "POST /sandbox/telegram/say {user?, topic?, replyTo?, text}",
  "POST /sandbox/telegram/press {message, data|text, user?}",
  "POST /sandbox/bridge {do: kill|start}",
  "POST /sandbox/panels {panel: asanak|soap-panel|mydnspanel|all}",
  "POST /sandbox/telegram/trouble {trouble: limited|free|away}",
  "POST /sandbox/panels/:name/trouble {trouble: none|slow|credit|silent}",
  "POST /sandbox/panels/:name/mode {kind, times?, on?, …}",
  "POST /sandbox/asanak/mode {kind, times?, on?, …}",
  "GET /sandbox/calls",
];

function shown({ raw: _raw, ...message }: SeenMessage) {
  return message;
}
