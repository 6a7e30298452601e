package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.Envelope;
import cloud.wuye.device.contract.Payload;
import java.time.Instant;

/**
 * A message of a known device that is to be stored.
 *
 * @param device who sent it; for an item of a gateway, the child
 * @param envelope never null: a presence message never reaches a handler
 * @param payload what it says
 * @param receivedAt when the service got it
 * @param at the instant to bill and order by: the device's, or {@code receivedAt} when its clock is not to be believed
 * @param clockSuspect whether {@code at} was replaced for that reason
 */
public record Received<P extends Payload>(
        KnownDevice device, Envelope envelope, P payload, Instant receivedAt, Instant at, boolean clockSuspect) {

    /** The same message, seen as one of this payload; it must be one. */
    @SuppressWarnings("unchecked")
    <Q extends Payload> Received<Q> as(Class<Q> type) {
        if (!type.isInstance(payload)) {
            throw new ClassCastException(payload + " is no " + type.getSimpleName());
        }
        return (Received<Q>) this;
    }
}
