import type { Language } from "./language.ts";
import { type ChosenPanel, choosePanels, type PanelKind, type PanelSimulators, panelKinds } from "./panels.ts";

/** What the page's switch of panels offers. */
export const choices = [...panelKinds, "all"] as const;

export type ChoiceName = (typeof choices)[number];

/** What the page's switch of hours offers: the desk is closed, or its lines keep quiet. */
export const hoursChoices = ["open", "closed", "quiet"] as const;

export type HoursChoice = (typeof hoursChoices)[number];

/** What the bridge is told to work with, of which the telephone network knows the panels; all of it may change while the world goes on. */
export interface Choice {
  readonly panels: readonly [ChosenPanel, ...ChosenPanel[]];
  /** One panel, or all; a world that was made with two of them is called `all`, too. */
  readonly name: ChoiceName;
  /** The bot speaks it. */
  readonly language: Language;
  readonly hours: HoursChoice;
  /** Throws where there would be no panel, or one without a line. */
  choose(kinds: readonly PanelKind[]): void;
  speak(language: Language): void;
  keep(hours: HoursChoice): void;
  onChange(listener: () => void): void;
}

export function createChoice(simulators: PanelSimulators, kinds: readonly PanelKind[], spoken: Language): Choice {
  const listeners = new Set<() => void>();
  let panels = choosePanels(simulators, kinds);
  let language = spoken;
  let hours: HoursChoice = "open";

  function tell(): void {
    for (const listener of listeners) listener();
  }

  return {
    get panels() {
      return panels;
    },
    get name() {
      return panels.length > 1 ? "all" : panels[0].kind;
    },
    get language() {
      return language;
    },
    get hours() {
      return hours;
    },
    choose(next) {
      panels = choosePanels(simulators, next);
      tell();
    },
    speak(next) {
      language = next;
      tell();
    },
    keep(next) {
      hours = next;
      tell();
    },
    onChange: (listener) => void listeners.add(listener),
  };
}

export function kindsOf(name: ChoiceName): readonly PanelKind[] {
  return name === "all" ? panelKinds : [name];
}
