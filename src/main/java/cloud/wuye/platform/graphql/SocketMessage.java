package cloud.wuye.platform.graphql;

import io.smallrye.graphql.JsonProviderHolder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Map;

/**
 * A message of {@code graphql-transport-ws} as a client sends it.
 *
 * @param type one of the six that a client may send
 * @param id of the operation, or null where the type has none
 */
record SocketMessage(String type, String id) {
    private static final JsonReaderFactory READERS = JsonProviderHolder.JSON_PROVIDER.createReaderFactory(Map.of());

    /** Reads a message, or returns null if the protocol knows none like it. */
    static SocketMessage read(String text) {
        try (var reader = READERS.createReader(new StringReader(text))) {
            return reader.readValue() instanceof JsonObject message ? of(message) : null;
        } catch (JsonException e) {
            return null;
        }
    }

    private static SocketMessage of(JsonObject message) {
        String type = text(message, "type");
        if (type == null) {
            return null;
        }
        String id = text(message, "id");
        boolean known =
                switch (type) {
                    case "connection_init", "ping", "pong" -> isObjectOrAbsent(message.get("payload"));
                    case "subscribe" -> id != null && message.get("payload") instanceof JsonObject;
                    case "complete" -> id != null;
                    default -> false;
                };
        return known ? new SocketMessage(type, id) : null;
    }

    private static String text(JsonObject message, String key) {
        return message.get(key) instanceof JsonString text ? text.getString() : null;
    }

    private static boolean isObjectOrAbsent(JsonValue value) {
        return value == null || value == JsonValue.NULL || value instanceof JsonObject;
    }
}
