import type { NumberForm } from "./numbers.ts";

/**
 * Ways in which a real installation may answer otherwise than the reconstructed contract says, each seen in a fork of the
 * family or in somebody's client. The first of each is the default.
 */
export interface Oddities {
  /** `status` of `SendSms`: base64 of one byte for each receiver, or one child each. */
  readonly status?: "base64" | "unsignedByte" | "int";
  /** The children of `recId`. */
  readonly recIdItem?: "long" | "string";
  /** Another name for `<Op>Result`, by operation: the vendor's own sample reads `GetNewMessagesAResult`. */
  readonly resultNames?: Readonly<Record<string, string>>;
  /** The element of one message. */
  readonly messageName?: "Message" | "MessagesBL";
  /** `diffgram`: as a DataSet leaves .NET, two elements deeper and in no namespace. */
  readonly nesting?: "flat" | "diffgram";
  /** A list of nothing: `<XResult />`, no `XResult` at all, or one that is nil. */
  readonly empty?: "element" | "absent" | "nil";
  /** The other fields of a sister panel's message: UserID, LinkID and so on. */
  readonly extraFields?: boolean;
  /** `SendDate` as a wall time of Tehran, or the same with `+03:30`. */
  readonly sendDate?: "wall" | "offset";
  readonly msgId?: "id" | "zero" | "absent";
  /** How the customer's number is spelled. */
  readonly numbers?: NumberForm;
}
