/** That a rule was set off. */
export interface Firing {
  /** By what, for people: `hall-button: single`, `cellar-climate.temperature: 2.4`. */
  readonly by: string;
  /** Who changed the state that set it off, such as `rule:frost`. Undefined where that is not known. */
  readonly cause: string | undefined;
}
