package cloud.wuye.payment;

import java.util.function.Function;

/**
 * How a call to a channel ended. The third way is the one that costs money when it is taken for the second: whoever gets
 * {@link Unknown} must ask again before it decides anything.
 */
public sealed interface ChannelOutcome<T> {
    /** The channel did it, and signed its answer. */
    record Done<T>(T value) implements ChannelOutcome<T> {}

    /**
     * The channel did not do it, and signed its answer.
     *
     * @param code the channel's own code, e.g. {@code ORDERPAID}
     * @param message the channel's own words, for staff
     * @param later the same call may succeed later without any change: too many calls, bill not ready
     */
    record Refused<T>(String code, String message, boolean later) implements ChannelOutcome<T> {}

    /**
     * Nobody knows whether it was done.
     *
     * @param detail for the log and for staff; no secrets, nothing that an unverified answer claims beyond its code
     */
    record Unknown<T>(Doubt doubt, String detail) implements ChannelOutcome<T> {}

    /** Why an outcome is unknown. */
    enum Doubt {
        /** No answer before the deadline. */
        TIMEOUT,
        /** No connection, or it broke. */
        BROKEN,
        /** The channel answered that it is in trouble itself. */
        SERVER_ERROR,
        /** An answer whose signature does not verify, whatever it says. */
        UNVERIFIED,
        /** A verified answer that does not have the agreed form. */
        UNREADABLE
    }

    /** The same end with another value, where there is one. */
    default <R> ChannelOutcome<R> map(Function<? super T, ? extends R> mapping) {
        if (this instanceof Done<T> done) {
            return new Done<>(mapping.apply(done.value));
        }
        if (this instanceof Refused<T> refused) {
            return new Refused<>(refused.code, refused.message, refused.later);
        }
        Unknown<T> unknown = (Unknown<T>) this;
        return new Unknown<>(unknown.doubt, unknown.detail);
    }
}
