import { z } from "zod";
import type { Report, SentId } from "../../core/ports/sms-provider.ts";
import { findTenDigits } from "./numbers.ts";
import { readStatus } from "./statuses.ts";
import { fieldOf, findFields, readCode } from "./wire.ts";

const bareList = z.array(z.unknown());
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

type ReceiverStatus = Pick<Report, "state" | "vendor"> & { readonly tenDigits?: string };

/** What `reportSend` tells of one send. */
export interface SendReport {
  /** The panel has put it away and tells nothing of its receivers any more. */
  readonly isArchived: boolean;
  readonly receivers: readonly ReceiverStatus[];
}

const slash = "/";

/** The id of one receiver of a send to several, for the panel gives one `sendID` for all: `71234/9121234567`. */
export function toReceiverId(sendId: string, tenDigits: string): string {
  return `${sendId}${slash}${tenDigits}`;
}

export function sendIdOf({ id, batch }: SentId): string {
  return batch ?? id.split(slash)[0] ?? id;
}

/** `{"data":{"count":"1","archive":"false","receivers":[{"number":…,"processingStatus":"2","sendStatus":"3"}]}}` of the manual. */
export function readSendReport(content: unknown): SendReport {
  const body = findFields(content) ?? {};
  const inside = findFields(fieldOf(body, ["data"])) ?? body;
  const archive = scalar
    .safeParse(fieldOf(inside, ["archive"]))
    .data?.trim()
    .toLowerCase();
  const listed = fieldOf(inside, ["receivers"]);
  const receivers = bareList.safeParse(listed).data ?? Object.values(findFields(listed) ?? {});
  return { isArchived: archive === "true" || archive === "1", receivers: receivers.flatMap(readReceiver) };
}

/** What it says of these ids, which are all of that send. An id of which it says nothing is left out. */
export function reportsOf(ids: readonly SentId[], { isArchived, receivers }: SendReport): readonly Report[] {
  return ids.flatMap(({ id }): Report[] => {
    const told = statusOf(id, receivers);
    if (told) return [{ id, vendor: told.vendor, ...(told.state === undefined ? {} : { state: told.state }) }];
    return isArchived ? [{ id, state: "unknown", vendor: "archived" }] : [];
  });
}

/**
 * The status of a receiver. Where the panel lists it more than once, as after another try of its own, a delivery counts first,
 * then a try that is still under way.
 */
function statusOf(id: string, receivers: readonly ReceiverStatus[]): ReceiverStatus | undefined {
  const tenDigits = id.split(slash)[1];
  const isOne = new Set(receivers.map((receiver) => receiver.tenDigits)).size === 1;
  // An id without a number is that of a send to one; whose it is among several nobody can say.
  const own = tenDigits === undefined && isOne ? receivers : receivers.filter((one) => one.tenDigits === tenDigits);
  const inState = (state: Report["state"]) => own.find((one) => one.state === state);
  return inState("delivered") ?? inState("pending") ?? own[0];
}

function readReceiver(value: unknown): ReceiverStatus[] {
  const fields = findFields(value);
  if (!fields) return [];
  const number = scalar.safeParse(fieldOf(fields, ["number"]));
  const tenDigits = number.success ? findTenDigits(number.data) : undefined;
  const [processing, send] = ["processingstatus", "sendstatus"].map((name) => readCode(fieldOf(fields, [name])));
  return [{ ...readStatus(processing, send), ...(tenDigits === undefined ? {} : { tenDigits }) }];
}
