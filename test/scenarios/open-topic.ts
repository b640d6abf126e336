import { type Bridge, type BridgeOptions, startBridge } from "./start-bridge.ts";

/** A bridge with one customer who has written, and the topic of it. */
export async function openTopic(options: BridgeOptions = {}) {
  const bridge = await startBridge(options);
  return { bridge, ...(await openConversation(bridge, "09120000000")) };
}

/** A customer who writes to a line, and the topic in which that is shown. */
export async function openConversation(bridge: Bridge, number: string, to?: string) {
  const customer = bridge.phone(number);
  await customer.sends("سلام", to === undefined ? {} : { to });
  const topic = await bridge.desk.topicOf(number);
  await topic.shows("سلام");
  return { customer, topic };
}

/** Changes the settings of every panel. */
export function withProviders(changes: object): Pick<BridgeOptions, "configure"> {
  return {
    configure: (config) => ({
      ...config,
      providers: Object.fromEntries(
        Object.entries(config.providers).map(([id, settings]) => [id, { ...settings, ...changes }]),
      ),
    }),
  };
}

/** Changes the settings of the desk. */
export function withDesk(changes: object): Pick<BridgeOptions, "configure"> {
  return {
    configure: (config) => ({ ...config, desks: { support: { ...config.desks.support, ...changes } } }),
  };
}
