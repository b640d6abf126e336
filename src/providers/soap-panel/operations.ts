/** The two services of the panel, by their names in its URL. Source: the manual (1.3). */
export const services = { send: "send.asmx", incoming: "IncomingMessages.asmx" } as const;
export type ServiceName = keyof typeof services;

interface OperationFacts {
  readonly service: ServiceName;
  /** Whether an SMS may leave through it. */
  readonly sends: boolean;
}

/** Every method of the manual (1.3). */
export const operations = {
  GetCredit: { service: "send", sends: false },
  GetInboxCount: { service: "send", sends: false },
  ScheduleSms: { service: "send", sends: true },
  GetDelivery: { service: "send", sends: false },
  UpdateDelivery: { service: "send", sends: false },
  SendSms: { service: "send", sends: true },
  GetNewMessagesList: { service: "incoming", sends: false },
  GetReceiveSMSIsNotReadList: { service: "incoming", sends: false },
  GetReceiveSMSIsReadList: { service: "incoming", sends: false },
  GetSentSMSIsNotReadList: { service: "incoming", sends: false },
  GetSentSMSIsReadList: { service: "incoming", sends: false },
  GetUserNumbersList: { service: "incoming", sends: false },
  UpdateMessagesIsNotRead: { service: "incoming", sends: false },
  UpdateMessagesIsRead: { service: "incoming", sends: false },
} as const satisfies Record<string, OperationFacts>;

export type OperationName = keyof typeof operations;

export function namesIn(service: ServiceName): readonly OperationName[] {
  return Object.keys(operations)
    .filter(isOperation)
    .filter((name) => operations[name].service === service);
}

/**
 * Our own contract only guesses at the parameters of some operations. `UpdateDelivery` is called all the same: the manual names its
 * one parameter.
 */
export const documented: ReadonlySet<OperationName> = new Set(["UpdateDelivery"]);

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(operations, name);
}
