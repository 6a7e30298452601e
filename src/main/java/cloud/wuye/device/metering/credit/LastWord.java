package cloud.wuye.device.metering.credit;

import java.time.Duration;
import java.time.Instant;

/**
 * How old a meter's word about its own credit may be. No meter tells what its credit was at the moment it was set to zero, so what is
 * paid back goes by its last word before: that has to be a final one, just asked for. What is written off costs nobody anything.
 */
final class LastWord {
    /** Where what is left is paid back, and how long its clearing may wait for the meter. */
    static final Duration FINAL = Duration.ofMinutes(15);

    private static final Duration DAY = Duration.ofDays(1);

    private LastWord() {}

    static Duration mayBeOld(Remainder remainder) {
        return remainder == Remainder.PAY_BACK ? FINAL : DAY;
    }

    /** Whether the word is there and not too old. */
    static boolean serves(MeterCreditView left, Remainder remainder, Instant now) {
        return left.reportedCredit() != null && !left.reportedAt().isBefore(now.minus(mayBeOld(remainder)));
    }
}
