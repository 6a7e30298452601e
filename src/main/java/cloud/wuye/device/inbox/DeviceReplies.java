package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.Contract;
import cloud.wuye.device.contract.DeviceClass;
import cloud.wuye.device.contract.DeviceEvent;
import cloud.wuye.device.contract.DeviceRequest;
import cloud.wuye.device.contract.Payload;
import cloud.wuye.device.contract.Ulid;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the inbox itself answers: the time, what it does not serve, and that an event is stored. */
final class DeviceReplies {
    /** Nobody serves this to devices; a day is soon enough to ask again. */
    static final String NOT_OFFERED = "NOT_OFFERED";

    /** Such a device has no business with it. */
    static final String NOT_FOR_THIS_CLASS = "NOT_FOR_THIS_CLASS";

    private DeviceReplies() {}

    /**
     * The answer to a message, to be sent after the commit; null when it wants none.
     *
     * @param upTopic where the message came in: a child's answer goes to its gateway
     */
    static Answer to(Received<Payload> message, String upTopic) {
        String down = upTopic.substring(0, upTopic.indexOf("/up/")) + "/down/";
        if (message.payload() instanceof DeviceEvent) {
            return stored(message, down + "evtack");
        }
        return message.payload() instanceof DeviceRequest request ? requested(message, request, down + "res") : null;
    }

    private static Answer requested(Received<Payload> message, DeviceRequest request, String topic) {
        return switch (request.what()) {
            case TIME -> time(message, request, topic);
            case FIRMWARE -> nothing(message, "firmware", NOT_OFFERED, topic);
            case FACES ->
                nothing(
                        message,
                        "faces",
                        message.device().deviceClass() == DeviceClass.FACE ? NOT_OFFERED : NOT_FOR_THIS_CLASS,
                        topic);
        };
    }

    private static Answer nothing(Received<Payload> message, String what, String code, String topic) {
        return new Answer(topic, re(message, what).put("code", code));
    }

    /** Also for one that was stored before: the device repeats it until it hears this. */
    private static Answer stored(Received<Payload> message, String topic) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("v", Contract.VERSION);
        json.putArray("ids").add(Ulid.format(message.envelope().id()));
        return new Answer(topic, json);
    }

    private static Answer time(Received<Payload> message, DeviceRequest request, String topic) {
        ObjectNode json = re(message, "time")
                .put("t0", request.deviceMillis())
                .put("t1", message.receivedAt().toEpochMilli());
        return new Answer(topic, json);
    }

    private static ObjectNode re(Received<Payload> message, String what) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("v", Contract.VERSION)
                .put("re", Ulid.format(message.envelope().id()))
                .put("what", what);
    }
}
