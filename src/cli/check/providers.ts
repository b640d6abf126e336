import { type Config, inboxTokenOf } from "../../config/resolve.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import { type Credit, type FailureCode, ProviderError, type SmsProvider } from "../../core/ports/sms-provider.ts";
import { createProvider } from "../../providers/index.ts";
import { bad, type Finding, good, note } from "./finding.ts";

const patienceMs = 15_000;

const advices: Partial<Readonly<Record<FailureCode, string>>> = {
  unreachable: "see to baseUrl, to the network, and to proxy where the panel is only reached from inside Iran",
  "no-answer": "the panel is slow or a firewall swallows the call; try again, then see to proxy",
  "bad-credentials": "correct the login of the web service, which is often another one than the panel's own",
  "address-refused": "let the panel allow this server's address, or set proxy to a server that it allows",
  "no-credit": "charge the account",
  busy: "the panel, or a proxy before it, fails; if it stays so, see whether baseUrl is the address of the web service",
  "bad-reply": "see whether baseUrl is the address of the web service",
};

/** Each panel's login and credit, asked without sending anything; and the URL that it must be told. */
export async function checkProviders(
  config: Config,
  deps: { clock: Clock; log: Log; showsUrls: boolean },
): Promise<Finding[]> {
  const all = await Promise.all(
    Object.entries(config.providers).map(async ([id, settings]) => {
      const provider = createProvider(id, settings, deps);
      try {
        return [await checkLogin(provider), ...hookOf(config, id, deps.showsUrls)];
      } finally {
        await provider.close();
      }
    }),
  );
  return all.flat();
}

async function checkLogin({ id, kind, credit }: SmsProvider): Promise<Finding> {
  if (!credit) return note(`${id}: a panel of kind ${kind} cannot be asked without sending`);
  try {
    const credits = await credit.read(AbortSignal.timeout(patienceMs));
    const isEmpty = credits.length > 0 && credits.every(({ amount }) => amount <= 0);
    const text = `${id}: login works, credit ${credits.map(renderCredit).join(", ") || "unknown"}`;
    return isEmpty ? bad(text, advices["no-credit"]) : good(text);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const vendor = error.vendor === undefined ? "" : `, the panel says: ${error.vendor}`;
    return bad(`${id}: ${error.code}${vendor}`, advices[error.code]);
  }
}

function renderCredit({ unit, amount }: Credit): string {
  return unit === "raw" ? String(amount) : `${amount} ${unit}`;
}

function hookOf(config: Config, id: string, showsUrls: boolean): Finding[] {
  const settings = config.providers[id];
  const token = settings && inboxTokenOf(settings);
  if (token === undefined) return [];
  const { publicUrl, port } = config.server;
  const path = `/hooks/${id}/${showsUrls ? token : "<inboxToken>"}`;
  const hint = showsUrls ? undefined : "on a terminal, or with --show-urls, the whole URL is shown";
  if (publicUrl === undefined) {
    return [
      note(
        `${id}: the panel must call http://<this server>:${port}${path}`,
        "set server.publicUrl to see the whole URL",
      ),
    ];
  }
  return [note(`${id}: register this URL at the panel for incoming SMS: ${publicUrl}${path}`, hint)];
}
