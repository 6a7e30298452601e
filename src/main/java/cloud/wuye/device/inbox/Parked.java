package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.RejectReason;
import java.time.Instant;
import java.util.UUID;

/**
 * A message that was not taken.
 *
 * @param deviceId the device it came from, or null when none is known
 * @param tenantId the company that device belongs to, or null: then the topic's word decides who may see it
 */
record Parked(
        String topic,
        byte[] payload,
        Instant receivedAt,
        UUID deviceId,
        UUID tenantId,
        RejectReason reason,
        String detail) {

    private static final int LONGEST_DETAIL = 1000;

    static Parked of(Arrival arrival, KnownDevice device, RejectReason reason, String detail) {
        return new Parked(
                arrival.topic(),
                arrival.payload(),
                arrival.receivedAt(),
                device == null ? null : device.id(),
                device == null ? null : device.tenantId(),
                reason,
                detail);
    }

    /** PostgreSQL's text takes no NUL, and a detail may quote the message. */
    String safeDetail() {
        String text = detail == null ? "" : detail.replace('\0', '?');
        return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) : text;
    }

    String safeTopic() {
        return topic.replace('\0', '?');
    }
}
