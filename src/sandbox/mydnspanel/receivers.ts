/**
 * Numbers joined by commas, as sent; `undefined` where one of them is not right. The manual shows ten digits without a
 * prefix (`9120000000`); two public clients send `98…`, one of which says that it works. Nobody sends `09…`.
 */
export function readReceivers(joined: string): string[] | undefined {
  const receivers = joined.split(",");
  return receivers.every(isReceiver) ? receivers : undefined;
}

export function isReceiver(written: string): boolean {
  return /^(?:98)?9\d{9}$/.test(written);
}

/** As the panel itself writes a number. */
export function toTenDigits(receiver: string): string {
  return receiver.slice(-10);
}
