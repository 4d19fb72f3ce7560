/** Reasons that both versions of MQTT have. The codes 1 to 5 are those of MQTT 3.1.1 (section 3.2.2.3). */
const version = "it does not speak this version of MQTT";
const clientId = "it refused the client id; choose another agent.id";
const unavailable = "it is unavailable for now";
const password = "it refused the user name or password; check MQTT_USERNAME and MQTT_PASSWORD";
const notAllowed = "it does not let this user in; check MQTT_USERNAME and MQTT_PASSWORD";
const log = "the broker's log may tell more";
const elsewhere = "write the address of that one as broker.url or MQTT_URL";

/**
 * Why a broker refuses or closes a connection: the codes of a CONNACK (MQTT 5, section 3.2.2.2; MQTT 3.1.1, section 3.2.2.3) and of a
 * DISCONNECT from a broker (MQTT 5, section 3.14.2.1).
 */
export const connectionCodes: Readonly<Record<number, string>> = {
  1: version,
  2: clientId,
  3: unavailable,
  4: password,
  5: notAllowed,
  128: `it gives no reason; ${log}`,
  129: `it cannot read what we sent (malformed packet); ${log}`,
  130: `it says that we broke a rule of MQTT (protocol error); ${log}`,
  131: `it does not take what we sent, for a reason of its own; ${log}`,
  132: version,
  133: clientId,
  134: password,
  135: notAllowed,
  136: unavailable,
  137: "it is busy; it may have too many clients",
  138: "it has banned this client; lift the ban at the broker",
  139: "it shuts down",
  140: "it wants another way of proving who we are than user and password; allow these at the broker",
  141: "it heard nothing from us for too long; raise broker.keepalive, or check the network",
  142: "another client came with the same client id; give each Pi an agent.id of its own",
  143: `it does not take one of the topics that we subscribe to; ${log}`,
  144: `it does not take one of our topics; ${log}`,
  147: `it says that we sent more at once than it allows; ${log}`,
  148: `it says that we used a topic alias, which we never do; ${log}`,
  149: "a packet of ours is too large for it; raise max_packet_size or message_size_limit at the broker",
  150: "it says that we send too many messages; raise its limit, or read the sensors less often",
  151: "a quota of this user is used up; raise it at the broker",
  152: "its administrator has thrown us out",
  153: `it does not take the form of what we sent; ${log}`,
  154: "it keeps no messages (retain is not supported); allow retained messages at the broker",
  155: "it does not take this quality of service (QoS 1); allow it at the broker",
  156: `it says that another broker is to be used for now; ${elsewhere}`,
  157: `it has moved to another address; ${elsewhere}`,
  158: "it says that we share a subscription, which we never do",
  159: "too many connections came at once; its limit may be too low",
  160: "it has a limit for how long a client may stay connected",
  161: "it says that we used a subscription identifier, which we never do",
  162: "it says that we subscribed with a wildcard, which we never do",
};

/** Why a broker does not accept a message or a subscription: the codes of PUBACK and SUBACK (MQTT 5, sections 3.4.2.1 and 3.9.3). */
export const topicCodes: Readonly<Record<number, string>> = {
  128: `it gives no reason; ${log}`,
  131: `it has a reason of its own; ${log}`,
  135: "its rules forbid it; allow the topic in its ACL",
  143: "it does not take this topic as one to subscribe to; choose another",
  144: "it does not take this topic; choose another",
  145: `it says that the number of the packet is in use; ${log}`,
  149: "the packet is too large for it; raise max_packet_size at the broker",
  151: "a quota of this user is used up; raise it at the broker",
  153: `it does not take the form of the message; ${log}`,
  158: "it says that we share a subscription, which we never do",
  161: "it says that we used a subscription identifier, which we never do",
  162: "it says that we subscribed with a wildcard, which we never do",
};
