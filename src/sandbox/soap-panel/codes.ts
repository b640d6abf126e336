/**
 * `SendSmsResult`, from the manual's table "Status". The manual prints "in the send queue" as a second 1; it stands where
 * 6 would be, and clients of the same interface have 6 there.
 */
export const sendResults = {
  badLogin: 0,
  sent: 1,
  noCredit: 2,
  dailyLimit: 3,
  volumeLimit: 4,
  lineNotAllowed: 5,
  queued: 6,
  filtered: 7,
} as const;

export type SendResult = (typeof sendResults)[keyof typeof sendResults];

/** `GetDeliveryResult`, from the manual's table. It prints 11 where the rest of the family has 16. */
export const deliveries = {
  sentToTelecom: 0,
  delivered: 1,
  undelivered: 2,
  telecomError: 3,
  unknownError: 5,
  reachedTelecom: 8,
  notUpdated: 9,
  notReachedTelecom: 11,
  notReachedTelecomOfFamily: 16,
  unknown: 100,
} as const;

/** `UpdateDeliveryResult`, from the manual's table. */
export const updates = { badId: 0, updated: 1, tooSoon: 100 } as const;

/** One byte for each receiver in `status`, from the manual of a sister panel; this one names the parameter only. */
export const receiverBytes = { sent: 0, notSent: 1 } as const;
