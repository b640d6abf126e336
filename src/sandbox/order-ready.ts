import type { Template } from "./asanak/account.ts";
import type { Pattern } from "./mydnspanel/account.ts";

const name = "order-ready";
const values = ["name", "order"] as const;
const asanak: Template = { id: 4471, text: "{{name}} عزیز، سفارش {{order}} آماده تحویل است." };
const mydnspanel: Pattern = { textCode: 2208, text: "{name} عزیز، سفارش {order} آماده تحویل است.", variables: values };

/**
 * One text, approved by every panel of the sandbox that has such texts unless a test brings its own. `values` are the names
 * in it, in their order.
 */
export const orderReady = { name, values, asanak, mydnspanel };
