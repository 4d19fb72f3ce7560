import type { RefusalReason } from "../../core/refusal.ts";

/**
 * Why an order is not carried out. It is not an error object: a sender may cause thousands in a second, and each error would cost its
 * stack.
 */
export interface WhyNot {
  readonly reason: RefusalReason;
  readonly message: string;
}
