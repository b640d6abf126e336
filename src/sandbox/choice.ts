import { type ChosenPanel, choosePanels, type PanelKind, type PanelSimulators, panelKinds } from "./panels.ts";

/** What the page's switch offers. */
export const choices = [...panelKinds, "all"] as const;

export type ChoiceName = (typeof choices)[number];

/** The panels that the telephone network and the bridge know of; another choice may be made while the world goes on. */
export interface Choice {
  readonly panels: readonly [ChosenPanel, ...ChosenPanel[]];
  /** One panel, or all; a world that was made with two of them is called `all`, too. */
  readonly name: ChoiceName;
  /** Throws where there would be no panel, or one without a line. */
  choose(kinds: readonly PanelKind[]): void;
  onChange(listener: () => void): void;
}

export function createChoice(simulators: PanelSimulators, kinds: readonly PanelKind[]): Choice {
  const listeners = new Set<() => void>();
  let panels = choosePanels(simulators, kinds);

  return {
    get panels() {
      return panels;
    },
    get name() {
      return panels.length > 1 ? "all" : panels[0].kind;
    },
    choose(next) {
      panels = choosePanels(simulators, next);
      for (const listener of listeners) listener();
    },
    onChange: (listener) => void listeners.add(listener),
  };
}

export function kindsOf(name: ChoiceName): readonly PanelKind[] {
  return name === "all" ? panelKinds : [name];
}
