import * as z from "zod";
import { duration } from "../../core/time/duration.ts";
import { addressProblem, usualAddress, withoutUser } from "./broker-address.ts";

const address = z.string().superRefine((text, context) => {
  const message = addressProblem(text);
  if (message !== undefined) context.addIssue({ code: "custom", message });
});

const addresses = z
  .array(address, { error: "is not a list; write each address on a line of its own below it, after a dash" })
  .min(1, { error: "has no address in it; write one, or remove the line" })
  .superRefine((list, context) => {
    list.forEach((one, index) => {
      const isRepeated = list.slice(0, index).some((earlier) => withoutUser(earlier) === withoutUser(one));
      if (isRepeated)
        context.addIssue({ code: "custom", path: [index], message: "is in the list already; remove one" });
    });
  });

/** The section `broker` of devices.yaml. */
export const broker = z
  .strictObject({
    url: address
      .default(usualAddress)
      .describe("The broker's address: mqtt, mqtts, ws or wss. MQTT_URL overrides it. Default: mqtt://localhost:1883."),
    urls: addresses
      .optional()
      .describe(
        "Several brokers instead of url: the first one that accepts the agent is used, until an earlier one is back. MQTT_URL, with commas, overrides it.",
      ),
    username: z.string().optional().describe("The user. MQTT_USERNAME overrides it."),
    password: z.string().optional().describe("The password; better in .env as MQTT_PASSWORD, which overrides it."),
    ca: z
      .string()
      .optional()
      .describe("The PEM file of the CA that signed the broker's certificate. MQTT_CA overrides it."),
    cert: z.string().optional().describe("The PEM file of this agent's certificate. MQTT_CERT overrides it."),
    key: z.string().optional().describe("The PEM file of this agent's private key. MQTT_KEY overrides it."),
    check_server_name: z
      .boolean()
      .optional()
      .describe(
        "False accepts every certificate of the CA, whatever its host name, so that another host may pose as the broker. Default: true.",
      ),
    keepalive: duration({ min: "5s", max: "1h" })
      .default(30_000)
      .describe("How long the connection may be silent before each side checks that the other is there. Default: 30s."),
  })
  .describe("Where the broker is.");
