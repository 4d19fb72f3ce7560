/** What the reference reads of a JSON Schema. */
export interface JsonProperty {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly anyOf?: readonly JsonProperty[];
}
