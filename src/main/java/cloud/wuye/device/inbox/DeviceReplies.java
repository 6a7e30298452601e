package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.Contract;
import cloud.wuye.device.contract.DeviceEvent;
import cloud.wuye.device.contract.DeviceRequest;
import cloud.wuye.device.contract.Payload;
import cloud.wuye.device.contract.Ulid;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the inbox itself answers: the time, and that an event is stored. */
final class DeviceReplies {
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
        return message.payload() instanceof DeviceRequest request && request.what() == DeviceRequest.What.TIME
                ? time(message, request, down + "res")
                : null;
    }

    /** Also for one that was stored before: the device repeats it until it hears this. */
    private static Answer stored(Received<Payload> message, String topic) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("v", Contract.VERSION);
        json.putArray("ids").add(Ulid.format(message.envelope().id()));
        return new Answer(topic, json);
    }

    private static Answer time(Received<Payload> message, DeviceRequest request, String topic) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("v", Contract.VERSION)
                .put("re", Ulid.format(message.envelope().id()))
                .put("what", "time")
                .put("t0", request.deviceMillis())
                .put("t1", message.receivedAt().toEpochMilli());
        return new Answer(topic, json);
    }
}
