import { testProvider } from "../contracts/sms-provider.ts";
import { startAsanak } from "./asanak.panel.ts";
import { startMydnspanel } from "./mydnspanel.panel.ts";
import { startSoapPanel } from "./soap-panel.panel.ts";

testProvider("asanak", startAsanak);
testProvider("mydnspanel", startMydnspanel);
testProvider("soap-panel", startSoapPanel);
