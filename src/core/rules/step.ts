/** One step of what a rule does. */
export type Step =
  | { readonly do: "command"; readonly device: string; readonly command: unknown }
  | { readonly do: "publish"; readonly topic: string; readonly payload: Payload; readonly retain: boolean }
  | { readonly do: "wait"; readonly ms: number }
  /** Ends what another rule, or this one, is doing. */
  | { readonly do: "stop"; readonly rule: string };

/** A text, with values of devices in it. */
export type Payload = readonly (string | PayloadValue)[];

/** A value that is put into a text: the measure of a device, or its state where there is no `measure`. */
export interface PayloadValue {
  readonly device: string;
  readonly measure: string | undefined;
}
