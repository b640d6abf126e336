import express, { Router } from "express";
import { z } from "zod";
import { addBridgeRoutes } from "./bridge/routes.ts";
import type { BridgeSupervisor } from "./bridge/supervisor.ts";
import { burstAtMost, sendBurst } from "./burst.ts";
import type { Choice } from "./choice.ts";
import { attempt, refuse } from "./control-answers.ts";
import { addPanelRoutes, showPanels, smsOfAsanak } from "./control-panels.ts";
import { addTelegramRoutes, type TelegramControlDeps } from "./control-telegram.ts";
import { toHandsetNumber } from "./number.ts";
import type { PanelSimulators } from "./panels.ts";
import type { Phones } from "./phone.ts";

export interface ControlDeps extends PanelSimulators, TelegramControlDeps {
  readonly choice: Choice;
  readonly bridge: BridgeSupervisor;
  readonly phones: Phones;
}

const smsShape = z.object({ text: z.string(), to: z.string().optional() });
const powerShape = z.object({ on: z.boolean() });
const burstShape = z.object({ count: z.int().min(1).max(burstAtMost), to: z.string().optional() });

/**
 * Everything that a person, a script or a page can do with the simulators, over HTTP and in JSON, under `/sandbox`.
 * Answers 400 with `{ error }` where a request cannot be understood, 404 where it names what is not there, and 409 where it
 * cannot be done.
 */
export function createControl(deps: ControlDeps): Router {
  const { telegram, asanak, phones } = deps;
  const router = Router();
  // What people send as files is in it.
  router.use(express.json({ limit: "10mb" }));

  router.get("/", (_request, response) => {
    response.json({ routes, panels: deps.choice.panels.map(({ kind, lines }) => ({ name: kind, lines })) });
  });

  router.param("number", (_request, response, next, number: string) => {
    if (/\d/.test(toHandsetNumber(number))) next();
    else refuse(response, 400, "a number has digits");
  });

  router.post("/phones/:number/sms", async (request, response) => {
    const sms = smsShape.safeParse(request.body);
    if (!sms.success) return refuse(response, 400, "text is missing");
    await attempt(response, () =>
      phones.phone(request.params.number).sends(sms.data.text, sms.data.to === undefined ? {} : { to: sms.data.to }),
    );
  });

  router.post("/phones/:number/burst", async (request, response) => {
    const burst = burstShape.safeParse(request.body);
    if (!burst.success) return refuse(response, 400, `count is a number from 1 to ${burstAtMost}`);
    const { count, to } = burst.data;
    await attempt(response, async () => {
      const handset = phones.phone(request.params.number);
      const taken = await sendBurst(handset, count, deps.choice.language, to === undefined ? {} : { to });
      return { count, taken };
    });
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

  addTelegramRoutes(router, deps);
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

  return Router().use("/sandbox", router);
}

const routes = [
  "GET /sandbox/events: the state as server-sent events",
  "POST /sandbox/phones {number?}",
  "POST /sandbox/phones/:number/sms {text, to?}",
  `POST /sandbox/phones/:number/burst {count: 1–${burstAtMost}, to?}`,
  "GET /sandbox/phones/:number",
  "POST /sandbox/phones/:number/power {on}",
  "GET /sandbox/telegram",
  "POST /sandbox/telegram/say {user?, topic?|private?, replyTo?, text, file?: {name, content}, contact?: {name, number}}",
  "GET /sandbox/telegram/files/<id>",
  "POST /sandbox/telegram/press {message, data|text, user?, private?}",
  "POST /sandbox/telegram/edit {message, text, user?, private?}",
  'POST /sandbox/telegram/react {message, emoji, user?, private?}: "" takes the reaction back',
  "POST /sandbox/telegram/topic {topic, do: close|reopen|delete, user?}",
  "POST /sandbox/bridge {do: kill|start}",
  "POST /sandbox/panels {panel: asanak|soap-panel|mydnspanel|all}",
  "POST /sandbox/hours {hours: open|closed|quiet}: of the desk, or of its lines",
  "POST /sandbox/language {language: fa|en}: the bot, and a burst, are in it from then on",
  "POST /sandbox/telegram/trouble {trouble: limited|free|away}",
  "POST /sandbox/panels/:name/trouble {trouble: none|slow|credit|silent}",
  "POST /sandbox/panels/:name/mode {kind, times?, on?, …}",
  "POST /sandbox/asanak/mode {kind, times?, on?, …}",
  "GET /sandbox/calls",
];
