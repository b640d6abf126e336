/**
 * Results of the manual (edition of Aban 1403), by what they mean. Its text runs from right to left, so that `1-` is -1 and
 * `036` to `086` are 603 to 608.
 */
export const results = {
  done: 1,
  incomplete: 0,
  badKey: -1,
  noAccess: -2,
  notApproved: -3,
  badRequestType: -4,
  addressRefused: -5,
  badSendId: -6,
  unknownAction: 100,
  badType: 103,
  deniedType: 104,
  badReceivers: 105,
  badSender: 106,
  badText: 107,
  creditNotProcessed: 108,
  noCredit: 109,
  operatorError: 112,
  unexpected: 113,
  documentsNotApproved: 114,
  badOtpApplication: 151,
  deniedOtpApplication: 152,
  badOtpCode: 153,
  badOtpLength: 154,
  nothingReceived: 401,
  badPatternSender: 603,
  badPatternReceivers: 604,
  badPattern: 605,
  badPatternVariables: 606,
  patternCreditNotProcessed: 607,
  noPatternCredit: 608,
  patternToMany: 609,
  badContact: 801,
  badContactBook: 802,
  badContactNumber: 803,
} as const;

/** Values of `phoneBook` in the answer to `send`; the SMS goes out whatever they say. */
export const phoneBookCodes = { added: 1, disabled: -1, badBook: -2, exists: -3, badNumber: -4 } as const;

/** Values of `fields` in the answer to `newContact`, one for each field. */
export const fieldCodes = { done: 1, badField: -1, badValue: -2, duplicate: -3 } as const;

/** `processingStatus` and `sendStatus` of the manual, for one receiver. */
export interface SmsStatus {
  readonly processing: number;
  readonly send: number;
}

/** The way of an SMS that arrives, in the manual's two columns. */
export const stages = {
  processing: { processing: 0, send: -1 },
  queued: { processing: 1, send: -1 },
  handedOver: { processing: 2, send: 0 },
  reachedTelecom: { processing: 2, send: 1 },
  delivered: { processing: 2, send: 3 },
} as const satisfies Readonly<Record<string, SmsStatus>>;

/** The processing failed and the price went back to the account. */
export const returnedProcessing = 4;

export class MydnspanelRefusal extends Error {
  override name = "MydnspanelRefusal";
  readonly code: number;
  /** Answered in `description`; the manual has it with 112 alone. */
  readonly description: string | undefined;

  constructor(code: number, description?: string) {
    super(`result ${code}`);
    this.code = code;
    this.description = description;
  }
}
