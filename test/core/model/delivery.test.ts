import { expect, test } from "vitest";
import { higherReport, type ReportState, stateFromReports } from "../../../src/core/model/delivery.ts";

test.each<[ReportState | undefined, ReportState, ReportState]>([
  [undefined, "pending", "pending"],
  ["pending", "delivered", "delivered"],
  ["failed", "delivered", "delivered"],
  ["delivered", "failed", "delivered"],
  ["delivered", "pending", "delivered"],
  ["failed", "pending", "failed"],
  ["unknown", "failed", "failed"],
  ["partly", "failed", "partly"],
])("after %s, a report of %s leaves %s", (known, told, kept) => {
  expect(higherReport(known, told)).toBe(kept);
});

test.each<[ReportState[], string]>([
  [[], "sent"],
  [["pending"], "sent"],
  [["delivered", "pending", "failed"], "sent"],
  [["delivered", "delivered"], "delivered"],
  [["delivered", "failed"], "partly"],
  [["delivered", "unknown"], "partly"],
  [["partly"], "partly"],
  [["failed", "unknown"], "failed"],
  [["unknown"], "expired"],
])("reports %j make it %s", (reports, state) => {
  expect(stateFromReports(reports)).toBe(state);
});
