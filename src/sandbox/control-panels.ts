import type { Request, Response, Router } from "express";
import type { z } from "zod";
import { refuse } from "./control-answers.ts";
import { asanakMode, mydnspanelMode, soapPanelMode } from "./mode-shapes.ts";
import { type ChosenPanel, type PanelKind, type PanelSimulators, panelKinds } from "./panels.ts";

const shownAtMost = 1000;

/** Adds the routes by which panels are made to misbehave. */
export function addPanelRoutes(router: Router, { asanak, soapPanel, mydnspanel }: PanelSimulators): void {
  const setters: Readonly<Record<PanelKind, ModeSetter>> = {
    asanak: setter(asanakMode, asanak.mode),
    "soap-panel": setter(soapPanelMode, soapPanel.mode),
    mydnspanel: setter(mydnspanelMode, mydnspanel.mode),
  };

  router.post("/panels/:name/mode", (request, response) => {
    const kind = panelKinds.find((one) => one === request.params.name);
    if (kind) return setters[kind](request, response);
    refuse(response, 404, `there is no panel "${request.params.name}", only ${panelKinds.join(", ")}`);
  });

  // From when there was one panel; scripts of others call it.
  router.post("/asanak/mode", setters.asanak);
}

/** Calls and SMS of the chosen panels, the newest of each, every SMS with its status in the panel's own words. */
export function showPanels(
  simulators: PanelSimulators,
  panels: readonly ChosenPanel[],
): Record<string, { calls: readonly object[]; sms: readonly object[] }> {
  const sms: Readonly<Record<PanelKind, () => readonly object[]>> = {
    asanak: () => smsOfAsanak(simulators),
    "soap-panel": () =>
      simulators.soapPanel.ledger
        .slice(-shownAtMost)
        .map((one) => ({ ...one, status: simulators.soapPanel.deliveryOf(one.id) })),
    mydnspanel: () =>
      simulators.mydnspanel.ledger
        .slice(-shownAtMost)
        .map((one) => ({ ...one, status: simulators.mydnspanel.statusOf(one.id, one.receiver) })),
  };
  return Object.fromEntries(
    panels.map(({ kind, simulator }) => [kind, { calls: simulator.calls.slice(-shownAtMost), sms: sms[kind]() }]),
  );
}

export function smsOfAsanak({ asanak }: Pick<PanelSimulators, "asanak">): readonly object[] {
  return asanak.ledger.slice(-shownAtMost).map((one) => ({ ...one, status: asanak.statusOf(one.id)?.status }));
}

type ModeSetter = (request: Pick<Request, "body">, response: Response) => void;

function setter<Mode>(shape: z.ZodType<Mode>, set: (mode: Mode) => void): ModeSetter {
  return (request, response) => {
    const mode = shape.safeParse(request.body);
    if (!mode.success) return refuse(response, 400, mode.error.issues[0]?.message ?? "no such mode");
    set(mode.data);
    response.json(mode.data);
  };
}
