/** Where the bridge can be ended exactly; `kill-points.js` finds these moments in the running process. */
export interface Aim {
  readonly point: string;
  readonly when: "before" | "after" | "sent" | "answered";
  /** It ends at one of the first so many times that the process comes there; which one, chance says. */
  readonly mostNth: number;
}

const commit = (point: string, mostNth = 4): Aim[] =>
  (["before", "after"] as const).map((when) => ({ point, when, mostNth }));
const call = (point: string, mostNth = 4): Aim[] =>
  (["before", "sent", "answered"] as const).map((when) => ({ point, when, mostNth }));

/**
 * Every commit boundary of both flows, in the order in which a message passes them. A `doubt` is committed at the start after
 * a kill that left an SMS on the wire, and only such an SMS is sent again by a person: so these come behind those.
 */
export const aims: readonly Aim[] = [
  ...commit("sms accepted"),
  { point: "sms answered", when: "after", mostNth: 4 },
  ...commit("list stored", 1),
  ...call("topic", 1),
  ...commit("topic stored", 1),
  ...call("post"),
  ...commit("post stored"),
  { point: "updates", when: "answered", mostNth: 4 },
  ...commit("answer accepted"),
  { point: "updates", when: "before", mostNth: 4 },
  ...call("send"),
  ...commit("receipt"),
  ...commit("claim"),
  ...commit("doubt", 1),
  ...commit("sent again", 1),
  ...call("mark"),
  ...commit("mark stored"),
  ...commit("report"),
];

export function nameOf({ point, when }: Pick<Aim, "point" | "when">): string {
  return `${point}, ${when}`;
}
