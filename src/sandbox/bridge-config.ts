import type { AsanakSimulator } from "./asanak/server.ts";
import type { Language } from "./language.ts";
import type { MydnspanelSimulator } from "./mydnspanel/server.ts";
import { orderReady } from "./order-ready.ts";
import type { ChosenPanel, PanelKind, PanelSimulators } from "./panels.ts";
import type { SoapPanelSimulator } from "./soap-panel/server.ts";
import type { Group } from "./telegram/group.ts";
import type { TelegramSimulator } from "./telegram/server.ts";

export interface BridgeConfigDeps extends PanelSimulators {
  readonly telegram: TelegramSimulator;
  readonly group: Group;
  /** The first line of the first is the desk's own. */
  readonly panels: readonly [ChosenPanel, ...ChosenPanel[]];
  readonly language: Language;
  readonly bridgePort: number;
  readonly store: string;
}

/** As in a configuration file. Only the chosen panels are among its providers: `asanak`, `panel` and `dns`. */
export type BridgeConfig = ReturnType<typeof writeBridgeConfig>;

const providerIds = { asanak: "asanak", "soap-panel": "panel", mydnspanel: "dns" } as const satisfies Readonly<
  Record<PanelKind, string>
>;
const inboxToken = "sandbox-inbox-token-1f0c7b52";

/** Where the bridge takes Asanak's pushes. */
export const asanakHook = `/hooks/${providerIds.asanak}/${inboxToken}`;

const desk = "support";
// Reports are asked for soon, for a person is watching.
const reportSeconds = [0.5, 1, 2, 3, 5, 10, 20, 40, 80, 300];

/** The configuration of a bridge that works in this world. */
export function writeBridgeConfig(deps: BridgeConfigDeps) {
  const { telegram, group, panels, language, asanak, soapPanel, mydnspanel } = deps;
  const isChosen = (kind: PanelKind) => panels.some((panel) => panel.kind === kind);
  const lines = panels.flatMap((panel) =>
    panel.lines.map((line) => [line, { provider: providerIds[panel.kind], desk }] as const),
  );
  return {
    telegram: { token: telegram.token, apiRoot: telegram.url },
    server: { host: "127.0.0.1", port: deps.bridgePort },
    store: deps.store,
    providers: {
      ...(isChosen("asanak") && { [providerIds.asanak]: forAsanak(asanak) }),
      ...(isChosen("soap-panel") && { [providerIds["soap-panel"]]: forSoapPanel(soapPanel) }),
      ...(isChosen("mydnspanel") && { [providerIds.mydnspanel]: forMydnspanel(mydnspanel) }),
    },
    lines: Object.fromEntries(lines),
    desks: { [desk]: { chat: group.id, line: panels[0].lines[0], language } },
    templates: templatesOf(deps, isChosen),
  };
}

function forAsanak({ account: { username, password }, url }: AsanakSimulator) {
  return { kind: "asanak", username, password, baseUrl: url, inboxToken, desk, reportSeconds };
}

function forSoapPanel({ account: { username, password }, url }: SoapPanelSimulator) {
  return { kind: "soap-panel", username, password, baseUrl: url, pollSeconds: 0.5, desk, reportSeconds };
}

function forMydnspanel({ account, url }: MydnspanelSimulator) {
  const [book] = account.phoneBooks.contacts.keys();
  const knowsBirthdays = account.fields.some(({ id }) => id === birthdayField);
  const fields: Record<string, string> = knowsBirthdays ? { birthday: birthdayField } : {};
  return {
    kind: "mydnspanel",
    apiKey: account.apiKey,
    baseUrl: url,
    pollSeconds: 0.5,
    desk,
    reportSeconds,
    ...(book !== undefined && { contacts: { phoneBook: Number(book), fields } }),
  };
}

/** The manual's own example of a field. */
const birthdayField = "FYa12346";

/** For each template, its form at every chosen panel that has approved it. */
function templatesOf(
  { asanak, mydnspanel }: PanelSimulators,
  isChosen: (kind: PanelKind) => boolean,
): Record<string, Record<string, object>> {
  const { name, values } = orderReady;
  const isAtAsanak = asanak.account.templates.some(({ id }) => id === orderReady.asanak.id);
  const isAtMydnspanel = mydnspanel.account.patterns.some(
    ({ textCode }) => textCode === orderReady.mydnspanel.textCode,
  );
  const forms = {
    ...(isChosen("asanak") &&
      isAtAsanak && { [providerIds.asanak]: { templateId: orderReady.asanak.id, parameters: values } }),
    ...(isChosen("mydnspanel") &&
      isAtMydnspanel && {
        [providerIds.mydnspanel]: { textCode: orderReady.mydnspanel.textCode, variables: values },
      }),
  };
  return Object.keys(forms).length === 0 ? {} : { [name]: forms };
}
