import type { Router } from "express";
import { z } from "zod";
import { type Choice, choices, hoursChoices, kindsOf } from "../choice.ts";
import { attempt, refuse } from "../control-answers.ts";
import { languages } from "../language.ts";
import type { BridgeSupervisor } from "./supervisor.ts";

const bridgeShape = z.object({ do: z.enum(["kill", "start"]) });
const choiceShape = z.object({ panel: z.enum(choices) });
const languageShape = z.object({ language: z.enum(languages) });
const hoursShape = z.object({ hours: z.enum(hoursChoices) });

/** Adds the routes by which the bridge is killed and started, and gets other panels, another language or other hours. */
export function addBridgeRoutes(
  router: Router,
  { bridge, choice }: { bridge: BridgeSupervisor; choice: Choice },
): void {
  router.post("/bridge", (request, response) => {
    const asked = bridgeShape.safeParse(request.body);
    if (!asked.success) return refuse(response, 400, "do is kill or start");
    return attempt(response, async () => {
      await bridge[asked.data.do]();
      return { state: bridge.state };
    });
  });

  router.post("/panels", (request, response) => {
    const asked = choiceShape.safeParse(request.body);
    if (!asked.success) return refuse(response, 400, `panel is one of ${choices.join(", ")}`);
    return attempt(response, async () => {
      await bridge.change(() => choice.choose(kindsOf(asked.data.panel)));
      return asked.data;
    });
  });

  router.post("/language", (request, response) => {
    const asked = languageShape.safeParse(request.body);
    if (!asked.success) return refuse(response, 400, `language is one of ${languages.join(", ")}`);
    return attempt(response, async () => {
      await bridge.change(() => choice.speak(asked.data.language));
      return asked.data;
    });
  });

  router.post("/hours", (request, response) => {
    const asked = hoursShape.safeParse(request.body);
    if (!asked.success) return refuse(response, 400, `hours is one of ${hoursChoices.join(", ")}`);
    return attempt(response, async () => {
      await bridge.change(() => choice.keep(asked.data.hours));
      return asked.data;
    });
  });
}
