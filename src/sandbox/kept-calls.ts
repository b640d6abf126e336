const most = 50_000;

/** Adds a call to those kept, oldest first, and forgets the oldest beyond 50,000. */
export function keepCall<Call>(calls: Call[], call: Call): void {
  calls.push(call);
  if (calls.length > most) calls.splice(0, most / 10);
}
