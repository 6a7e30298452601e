package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.RejectReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * A message that was not taken.
 *
 * @param deviceId the device it came from, or null when none is known
 * @param tenantId the company that device belongs to, or null: then the topic's word decides who may see it
 * @param times how many messages it stands for
 */
record Parked(
        String topic,
        byte[] payload,
        Instant receivedAt,
        UUID deviceId,
        UUID tenantId,
        RejectReason reason,
        String detail,
        int times) {

    private static final int LONGEST_DETAIL = 1000;
    private static final int MOST_KEPT = 65_536;

    static Parked of(Arrival arrival, KnownDevice device, RejectReason reason, String detail) {
        return new Parked(
                arrival.topic(),
                kept(arrival.payload(), reason),
                arrival.receivedAt(),
                device == null ? null : device.id(),
                device == null ? null : device.tenantId(),
                reason,
                detail,
                1);
    }

    /** Stands for so many of one sender that were only counted, in the hour that began then. */
    static Parked counted(Parked last, Instant hour, int limit, int times) {
        return new Parked(
                last.sender() + "/up",
                ("since " + hour).getBytes(StandardCharsets.UTF_8),
                last.receivedAt,
                last.deviceId,
                last.tenantId,
                RejectReason.TOO_MANY,
                "more than " + limit + " messages since " + hour + "; the last was " + last.reason + ": " + last.detail,
                times);
    }

    /** Who sent it, by its topic; senders whose topic names none are one. */
    String sender() {
        int end = topic.indexOf("/up/");
        return end < 0 ? "" : topic.substring(0, end);
    }

    /** Of what is too large ever to be taken, the beginning is enough to see whose mistake it is. */
    private static byte[] kept(byte[] payload, RejectReason reason) {
        return reason == RejectReason.TOO_LARGE && payload.length > MOST_KEPT
                ? Arrays.copyOf(payload, MOST_KEPT)
                : payload;
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
