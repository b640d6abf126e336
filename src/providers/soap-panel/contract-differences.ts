import type { Contract, Parameter } from "./contract.ts";
import type { OperationName } from "./operations.ts";
import { meaningOf } from "./parameters.ts";

/** How a live contract differs from ours, in short English sentences for `chapar check`. */
export function differencesOf(ours: Contract, live: Contract, names: readonly OperationName[]): readonly string[] {
  return names.flatMap((name) => {
    const known = ours.find(name);
    const found = live.find(name);
    if (!known) return [];
    if (!found) return [`${name}: not in the panel's WSDL`];
    return compare(known.parameters, found.parameters).map((difference) => `${name}: ${difference}`);
  });
}

function compare(ours: readonly Parameter[], live: readonly Parameter[]): readonly string[] {
  const paired = ours.map((parameter) => ({ parameter, twin: live.find((one) => isSame(parameter, one)) }));
  const twins = new Set(paired.map(({ twin }) => twin));
  return [
    ...paired.flatMap(({ parameter, twin }) => {
      if (!twin) return [`has no parameter ${parameter.name}`];
      return [
        ...(twin.name === parameter.name ? [] : [`parameter ${parameter.name} is called ${twin.name}`]),
        ...(spell(twin) === spell(parameter)
          ? []
          : [`parameter ${twin.name} is ${spell(twin)}, not ${spell(parameter)}`]),
      ];
    }),
    ...live.filter((one) => !twins.has(one)).map((one) => `has another parameter ${one.name} (${spell(one)})`),
  ];
}

function isSame(ours: Parameter, live: Parameter): boolean {
  if (ours.name.toLowerCase() === live.name.toLowerCase()) return true;
  const meaning = meaningOf(ours);
  return meaning !== undefined && meaning === meaningOf(live);
}

function spell({ type, item, isRepeated }: Parameter): string {
  const single = item === undefined ? type : `a list of ${type}`;
  return isRepeated ? `repeated ${single}` : single;
}
