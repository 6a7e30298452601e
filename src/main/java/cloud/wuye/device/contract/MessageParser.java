package cloud.wuye.device.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Bytes from a device to a typed message, in one pass: size, JSON, schema, payload. Safe for use by several threads; costs
 * a few microseconds a message.
 */
public final class MessageParser {
    private static final String FOLDER = "/contract/v1/";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, Shape> messages = new HashMap<>();
    private final Map<String, Shape> items = new HashMap<>();

    /** Compiles the schemas; fails when one is missing or uses a keyword that would not be checked. */
    public MessageParser() {
        ShapeCompiler compiler = new ShapeCompiler(MessageParser::file);
        for (DeviceClass deviceClass : DeviceClass.values()) {
            for (Channel channel : Channel.values()) {
                if (channel != Channel.BULK || deviceClass == DeviceClass.GATEWAY) {
                    String name = schemaName(deviceClass, channel);
                    messages.put(deviceClass.word() + '/' + channel.word(), compiler.compile(name));
                    if (channel != Channel.PRESENCE) {
                        items.put(
                                deviceClass.word() + '/' + channel.word(),
                                compiler.compile(name + "#/definitions/data"));
                    }
                }
            }
        }
    }

    /** The file of the schema for messages of this class on this channel. */
    public static String schemaName(DeviceClass deviceClass, Channel channel) {
        boolean perClass = channel == Channel.TELEMETRY || channel == Channel.EVENT;
        return (perClass ? deviceClass.word() + "." : "") + channel.word() + ".json";
    }

    /** The message, or a {@link Rejection} that says where it breaks the contract. */
    public UpMessage parse(Topic topic, byte[] payload) throws Rejection {
        if (payload.length > Contract.MAX_BYTES) {
            throw new Rejection(RejectReason.TOO_LARGE, payload.length + " bytes, at most " + Contract.MAX_BYTES);
        }
        Shape shape = messages.get(key(topic.deviceClass(), topic.channel()));
        if (shape == null) {
            throw new Rejection(RejectReason.BAD_TOPIC, "only gateways send bulk");
        }
        JsonNode message = json(payload);
        check(shape, message);
        if (topic.channel() == Channel.PRESENCE) {
            return new UpMessage(topic, null, Presence.from(message));
        }
        Envelope envelope = Envelope.from(message);
        JsonNode data = message.get("data");
        Payload read = topic.channel() == Channel.BULK
                ? Bulk.from(data, envelope)
                : payload(topic.deviceClass(), topic.channel(), data);
        return new UpMessage(topic, envelope, read);
    }

    /** A child's message out of a bulk, once the registry has said what the child is. */
    public UpMessage parseItem(String tenant, DeviceClass deviceClass, Bulk.Item item) throws Rejection {
        Topic topic = new Topic(tenant, deviceClass, item.uid(), item.channel());
        check(items.get(key(deviceClass, item.channel())), item.data());
        return new UpMessage(topic, item.envelope(), payload(deviceClass, item.channel(), item.data()));
    }

    private static Payload payload(DeviceClass deviceClass, Channel channel, JsonNode data) {
        return switch (channel) {
            case TELEMETRY -> telemetry(deviceClass, data);
            case EVENT -> event(deviceClass, data);
            case INFO -> DeviceInfo.from(data);
            case STATE -> ReportedState.from(data);
            case ACK -> CommandAck.from(data);
            case REQ -> DeviceRequest.from(data);
            case PRESENCE, BULK -> throw new IllegalStateException(channel + " has no data of its own");
        };
    }

    private static Payload telemetry(DeviceClass deviceClass, JsonNode data) {
        return switch (deviceClass) {
            case EMETER -> ElectricityTelemetry.from(data);
            case WMETER -> WaterTelemetry.from(data);
            case CHARGER -> SocketTelemetry.from(data);
            case FACE -> TerminalTelemetry.from(data);
            case GATEWAY -> GatewayTelemetry.from(data);
        };
    }

    private static Payload event(DeviceClass deviceClass, JsonNode data) {
        return switch (deviceClass) {
            case EMETER, WMETER -> MeterEvent.from(data);
            case CHARGER -> ChargerEvent.from(data);
            case FACE -> FaceEvent.from(data);
            case GATEWAY -> GatewayEvent.from(data);
        };
    }

    private static void check(Shape shape, JsonNode message) throws Rejection {
        Fault fault = shape.fault(message);
        if (fault != null) {
            throw new Rejection(RejectReason.SCHEMA, fault.toString());
        }
    }

    private static JsonNode json(byte[] payload) throws Rejection {
        try {
            JsonNode message = JSON.readTree(payload);
            if (message.isMissingNode()) {
                throw new Rejection(RejectReason.NOT_JSON, "empty");
            }
            return message;
        } catch (JsonProcessingException e) {
            throw new Rejection(RejectReason.NOT_JSON, e.getOriginalMessage());
        } catch (IOException e) {
            throw new Rejection(RejectReason.NOT_JSON, e.getMessage());
        }
    }

    private static String key(DeviceClass deviceClass, Channel channel) {
        return deviceClass.word() + '/' + channel.word();
    }

    private static JsonNode file(String name) {
        try (InputStream stream = MessageParser.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new IllegalStateException("missing: " + FOLDER + name);
            }
            return JSON.readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
