import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import express, { Router } from "express";
import { z } from "zod";
import type { BridgeSupervisor } from "../bridge/supervisor.ts";
import { attempt, refuse } from "../control-answers.ts";
import { freeNumber, freeServiceLine, isMobile } from "../number.ts";
import { panelKinds } from "../panels.ts";
import type { TelegramSimulator } from "../telegram/server.ts";
import type { Timers } from "../timers.ts";
import { createEvents } from "./events.ts";
import { renderPage } from "./render.ts";
import { readState, type StateDeps } from "./state.ts";
import { createTroubles, panelTroubles, type TroublesDeps, telegramTroubles } from "./trouble.ts";
import { createWireLog } from "./wire-log.ts";
import { type PageLanguage, pageLanguages, readWords } from "./words.ts";

export interface PageDeps extends Omit<StateDeps, "troubles" | "log">, TroublesDeps {
  readonly bridge: BridgeSupervisor;
  readonly telegram: TelegramSimulator;
  readonly timers: Timers;
}

// Everything comes from us, nothing stands in the page itself, and no other page may frame it.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

// Compiled by the build, which `npm test` runs first; a server that runs from its source takes them from there.
const scripts = new URL(
  import.meta.url.endsWith(".ts") ? "../../../dist/sandbox/page/client/" : "./client/",
  import.meta.url,
);

const telegramShape = z.object({ trouble: z.enum(telegramTroubles) });
const panelShape = z.object({ trouble: z.enum(panelTroubles) });
const handsetShape = z.object({ number: z.string().optional(), service: z.boolean().optional() });

/** The page at `/` that shows the small world and drives it, its files and its stream of events under `/sandbox`. */
export function createPage(deps: PageDeps): Router {
  const { phones, choice, bridge, telegram, timers } = deps;
  const troubles = createTroubles(deps);
  const log = createWireLog({ ...deps, troubles });
  const state: StateDeps = { ...deps, troubles, log };
  const events = createEvents({ timers, read: () => readState(state) });
  const changed = () => {
    log.look();
    events.changed();
  };
  const changing = [telegram, phones, deps.asanak, deps.soapPanel, deps.mydnspanel, troubles, choice, bridge];
  for (const { onChange } of changing) onChange(changed);

  const template = readHere("page.html");
  const pages: Readonly<Record<PageLanguage, string>> = {
    fa: renderPage(template, "fa", readWords("fa")),
    en: renderPage(template, "en", readWords("en")),
  };

  const router = Router();
  router.get("/", (request, response) => {
    const { lang } = request.query;
    const wanted = lang ?? (request.acceptsLanguages("en", "fa") || "en");
    const language = pageLanguages.find((one) => one === wanted);
    if (!language) return refuse(response, 400, `lang is one of ${pageLanguages.join(", ")}`);
    response.set({ "content-security-policy": policy, "cache-control": "no-store", vary: "accept-language" });
    response.type("text/html").send(pages[language]);
  });

  const serve = (name: string, type: string, body: string) => {
    router.get(`/sandbox/page/${name}`, (_request, response) => {
      response.set("cache-control", "no-store").type(type).send(body);
    });
  };
  serve("icon.svg", "image/svg+xml", readHere("icon.svg"));
  for (const name of readdirSync(new URL("./style/", import.meta.url))) {
    serve(`style/${name}`, "text/css", readHere(`style/${name}`));
  }
  for (const name of readdirSync(scripts).filter((file) => file.endsWith(".js"))) {
    serve(`client/${name}`, "text/javascript", readFileSync(new URL(name, scripts), "utf8"));
  }
  const font = createRequire(import.meta.url).resolve("vazirmatn/fonts/webfonts/Vazirmatn[wght].woff2");
  router.get("/sandbox/page/vazirmatn.woff2", (_request, response) => {
    response.set("cache-control", "max-age=86400").sendFile(font, { dotfiles: "allow" });
  });

  router.get("/sandbox/pictures/:id", (request, response) => {
    const picture = telegram.picture(request.params.id);
    if (!picture) return refuse(response, 404, "there is no such picture");
    response.set("cache-control", "no-store").type("image/png").send(picture);
  });

  router.get("/sandbox/events", events.handle);

  router.post("/sandbox/phones", express.json(), (request, response) => {
    const asked = handsetShape.safeParse(request.body ?? {});
    const taken = phones.all().map((one) => one.number);
    if (asked.data?.service) return attempt(response, () => ({ number: phones.phone(freeServiceLine(taken)).number }));
    const number = asked.data?.number ?? freeNumber(taken);
    if (!asked.success || !isMobile(number.replace(/[\s-]/g, "")))
      return refuse(response, 400, "number is that of a mobile phone, 09…");
    return attempt(response, () => ({ number: phones.phone(number).number }));
  });

  router.post("/sandbox/panels/:name/trouble", express.json(), (request, response) => {
    const kind = panelKinds.find((one) => one === request.params.name);
    if (!kind || !choice.panels.some((panel) => panel.kind === kind))
      return refuse(response, 404, "there is no such panel");
    const asked = panelShape.safeParse(request.body);
    if (!asked.success) return refuse(response, 400, `trouble is one of ${panelTroubles.join(", ")}`);
    troubles.setPanel(kind, asked.data.trouble);
    response.json(asked.data);
  });

  router.post("/sandbox/telegram/trouble", express.json(), (request, response) => {
    const asked = telegramShape.safeParse(request.body);
    if (!asked.success) return refuse(response, 400, `trouble is one of ${telegramTroubles.join(", ")}`);
    return attempt(response, async () => {
      await troubles.setTelegram(asked.data.trouble);
      return asked.data;
    });
  });

  return router;
}

function readHere(name: string): string {
  return readFileSync(new URL(`./${name}`, import.meta.url), "utf8");
}
