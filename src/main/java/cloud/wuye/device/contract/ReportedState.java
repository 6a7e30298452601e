package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the device reports of itself.
 *
 * @param version grows with every change; older ones are ignored
 * @param desiredVersion the newest desired version it has taken over, or null
 * @param relay the breaker, or null
 * @param valve the valve, or null
 * @param data all of it, as it came
 */
public record ReportedState(long version, Long desiredVersion, Relay relay, Valve valve, JsonNode data)
        implements Payload {
    static ReportedState from(JsonNode data) {
        return new ReportedState(
                data.get("version").longValue(),
                Read.integer(data, "desired"),
                Read.word(data, "relay", Relay.class),
                Read.word(data, "valve", Valve.class),
                data);
    }
}
