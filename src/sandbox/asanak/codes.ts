/** Errors of the manual's last table: HTTP status, `meta.status`, message. */
export const refusals = {
  internal: {
    http: 400,
    code: 400,
    message: "Message not sent. Service administrator has been notified and check your problem soon.",
  },
  system: {
    http: 500,
    code: 1004,
    message: "Message not sent. Service administrator has been notified and check your problem soon.",
  },
  wrongTime: {
    http: 403,
    code: 1013,
    message: "در این بازه زمانی ارسال پیامک فقط از طریق شماره های خدماتی مجاز می باشد",
  },
  inactiveSource: { http: 406, code: 1002, message: "Source number is not active" },
  noLinks: { http: 400, code: 1014, message: "This source number can not send link" },
  blacklisted: { http: 406, code: 1001, message: "Destination is in your blacklist." },
  badTemplate: { http: 406, code: 1001, message: "Template is not valid/active" },
  badDestination: { http: 406, code: 1010, message: "Destination list is not valid." },
  dailyLimit: { http: 412, code: 1009, message: "Your webservice credit for this day is not enough." },
  noCredit: { http: 402, code: 1006, message: "Not enough credit." },
  noResellerCredit: { http: 402, code: 1005, message: "Reseller has not enough credit." },
  badInput: { http: 400, code: 1008, message: "Validation error." },
  // Not in the manual; seen by others.
  badCredentials: { http: 401, code: 1008, message: "Username or Password is not valid" },
  passwordExpired: { http: 401, code: 1015, message: "Webservice password is expired" },
  tooMany: { http: 429, code: 429, message: "Too many requests" },
} as const satisfies Readonly<Record<string, Refusal>>;

export interface Refusal {
  readonly http: number;
  readonly code: number;
  readonly message: string;
}

export type RefusalName = keyof typeof refusals;

export class AsanakRefusal extends Error {
  override name = "AsanakRefusal";
  readonly refusal: Refusal;
  /** Fields beside `meta` and `data`. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(refusal: Refusal, more: Readonly<Record<string, unknown>> = {}) {
    super(refusal.message);
    this.refusal = refusal;
    this.more = more;
  }
}

/** Codes of `msgstatus`, from the manual's table; 20 is not in it, others have seen it. */
export const statuses = {
  notFound: -1,
  inQueue: 1,
  sent: 2,
  pending: 4,
  failed: 5,
  success: 6,
  noResponse: 7,
  reject: 8,
  sentToDest: 9,
  partiallySent: 10,
  noMsgId: 11,
  partiallySuccess: 12,
  noDelivery: 13,
  held: 20,
} as const;
