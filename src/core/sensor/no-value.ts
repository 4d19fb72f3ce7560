/** Why a sensor has no value for a measure, as a clause after "no temperature: ". */
export class NoValue {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}
