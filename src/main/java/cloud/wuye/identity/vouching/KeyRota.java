package cloud.wuye.identity.vouching;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which of a company's keys does what at a moment. A key is shown before it signs, because a realm that has just read the
 * keys does not read them again for ten seconds; and it is shown for a while after it signed last, for what is under way.
 *
 * @param keys the oldest first
 */
record KeyRota(List<VouchingKey> keys, Instant now, Duration lifespan) {
    /** How long a key is shown before it signs; the very first signs at once. */
    static final Duration LEAD = Duration.ofMinutes(1);

    /** How long a key is shown after the next has begun to sign. */
    static final Duration OVERLAP = Duration.ofMinutes(5);

    /** Whether another has to be made: there is none, or the newest is old. */
    boolean wantsAnother() {
        return keys.isEmpty() || !newest().createdAt().plus(lifespan).isAfter(now);
    }

    /** The one to sign with. */
    VouchingKey signing() {
        return keys.stream()
                .filter(key -> !key.createdAt().plus(LEAD).isAfter(now))
                .reduce((older, newer) -> newer)
                .orElseGet(() -> keys.get(0));
    }

    /** Those that are to be believed. */
    List<VouchingKey> shown() {
        return keys.stream().filter(key -> !isOver(key)).toList();
    }

    /** Those that nobody needs any more. */
    List<VouchingKey> over() {
        return keys.stream().filter(this::isOver).toList();
    }

    private boolean isOver(VouchingKey key) {
        int next = keys.indexOf(key) + 1;
        return next < keys.size()
                && !keys.get(next).createdAt().plus(LEAD).plus(OVERLAP).isAfter(now);
    }

    private VouchingKey newest() {
        return keys.get(keys.size() - 1);
    }
}
