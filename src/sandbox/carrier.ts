/** What a panel needs of the telephone network: somebody who takes a text to a handset. */
export interface Carrier {
  /** Hands an SMS over; `delivered` is called once the handset has it, which may be never. */
  carry(sms: CarriedSms, delivered: () => void): void;
}

export interface CarriedSms {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** What the telephone network needs of a panel: an SMS for one of its lines goes there. */
export interface Panel {
  owns(line: string): boolean;
  receive(sms: CarriedSms): Promise<PushResult>;
  attach(carrier: Carrier): void;
}

/** How a push to the registered address ended; status 0: nobody answered. */
export interface PushResult {
  readonly status: number;
  readonly body: string;
}

/** A network on which every handset is on and nobody looks. */
export const silentCarrier: Carrier = { carry: (_sms, delivered) => delivered() };
