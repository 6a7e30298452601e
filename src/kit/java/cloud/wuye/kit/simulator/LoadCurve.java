package cloud.wuye.kit.simulator;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/**
 * How much one customer takes at any instant. A pure function of profile, seed and time, constant within five minutes:
 * what is taken between two instants is the same however often one looks.
 */
final class LoadCurve {
    static final long SLOT_MILLIS = 5 * 60_000;
    private static final long HALF_HOUR = 30 * 60_000;

    private final LoadProfile profile;
    private final long seed;
    private final ZoneRules rules;
    private final double size;

    LoadCurve(LoadProfile profile, long seed, ZoneId zone) {
        this.profile = profile;
        this.seed = Hash.of(seed, profile.ordinal());
        this.rules = zone.getRules();
        // Some flats are small, some are not.
        this.size = 0.45 + 0.55 * Hash.fraction(this.seed, -1);
    }

    /** What is taken at that instant, in tenths of a watt (of a litre an hour). */
    long rateAt(Instant when) {
        return rate(Math.floorDiv(when.toEpochMilli(), SLOT_MILLIS));
    }

    /** What is taken between the two, in tenths of a watt (of a litre an hour) times milliseconds. */
    long taken(Instant from, Instant to) {
        long at = from.toEpochMilli();
        long end = to.toEpochMilli();
        long sum = 0;
        while (at < end) {
            long slot = Math.floorDiv(at, SLOT_MILLIS);
            long until = Math.min(end, (slot + 1) * SLOT_MILLIS);
            sum += rate(slot) * (until - at);
            at = until;
        }
        return sum;
    }

    /** More than is ever taken at once. */
    long peak() {
        return Math.round(profile.full() * size * 1.3 * 1.1);
    }

    private long rate(long slot) {
        long millis = slot * SLOT_MILLIS;
        long minutes =
                millis / 60_000 + rules.getOffset(Instant.ofEpochMilli(millis)).getTotalSeconds() / 60;
        // Day 0 was a Thursday.
        boolean off = Math.floorMod(minutes / (24 * 60) + 3, 7) >= 5;
        int hour = (int) (minutes / 60 % 24);
        int now = profile.percent(off, hour);
        int next = profile.percent(off, (hour + 1) % 24);
        double percent = now + (next - now) * (minutes % 60) / 60.0;
        // People switch things on and off about every half an hour, and kettles in between.
        double habit = 0.7 + 0.6 * Hash.fraction(seed, Math.floorDiv(millis, HALF_HOUR));
        double moment = 0.9 + 0.2 * Hash.fraction(seed + 1, slot);
        return Math.round(profile.full() * size * percent / 100 * habit * moment);
    }
}
