import { testProvider } from "../contracts/sms-provider.ts";
import { startAsanak } from "./asanak.panel.ts";

testProvider("asanak", startAsanak);
