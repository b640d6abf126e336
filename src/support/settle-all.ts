/** Waits for all of them, and only then throws the first fault that one of them met. */
export async function settleAll(works: readonly Promise<unknown>[]): Promise<void> {
  const done = await Promise.allSettled(works);
  const fault = done.find((one) => one.status === "rejected");
  if (fault) throw fault.reason;
}
