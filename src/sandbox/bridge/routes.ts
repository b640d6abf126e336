import type { Router } from "express";
import { z } from "zod";
import { type Choice, choices, kindsOf } from "../choice.ts";
import { attempt, refuse } from "../control-answers.ts";
import type { BridgeKeeper } from "./keeper.ts";

const bridgeShape = z.object({ do: z.enum(["kill", "start"]) });
const choiceShape = z.object({ panel: z.enum(choices) });

/** Adds the routes by which the bridge is killed and started, and gets other panels. */
export function addBridgeRoutes(router: Router, { bridge, choice }: { bridge: BridgeKeeper; choice: Choice }): void {
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
}
