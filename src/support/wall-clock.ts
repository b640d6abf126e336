const hourMs = 60 * 60_000;

/** What clocks in a zone of the world (an IANA name) show at a moment, as if it were UTC: both in epoch milliseconds. */
export function wallClockOf(timeZone: string): (at: number) => number {
  const form = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  // Asked for many moments in their order, and slow to find. Summer time begins and ends with a quarter of an hour.
  let known: { readonly quarter: number; readonly offsetMs: number } | undefined;

  function offsetAt(at: number): number {
    const name = form.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours) * hourMs + Number(minutes) * 60_000);
  }

  return (at) => {
    const quarter = Math.floor(at / (hourMs / 4));
    if (known?.quarter !== quarter) known = { quarter, offsetMs: offsetAt(at) };
    return at + known.offsetMs;
  };
}
