package cloud.wuye.device.metering;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One counter reckoned from all its readings at once, in order of time, by the rules in words and with no eye to speed:
 * what the store must come to, whatever order the readings reached it in.
 */
public final class NaiveMeter {
    private static final BigDecimal MAX_PER_HOUR = new BigDecimal(100);
    private static final BigDecimal CAPACITY = new BigDecimal(1_000_000);

    final SortedMap<Instant, BigDecimal> hours = new TreeMap<>();
    final SortedMap<LocalDate, BigDecimal> days = new TreeMap<>();
    final List<String> judgements = new ArrayList<>();
    private final List<Interval> intervals = new ArrayList<>();
    private final ZoneId zone;
    private final BigDecimal factor;
    private RegisterReading base;

    public NaiveMeter(ZoneId zone, List<RegisterReading> readings) {
        this(zone, readings, BigDecimal.ONE);
    }

    /** What was used between two believed readings. */
    public record Interval(Instant from, Instant to, BigDecimal quantity) {}

    /** The intervals in order. */
    public List<Interval> intervals() {
        return intervals;
    }

    /** @param factor units of quantity in one of the counter */
    public NaiveMeter(ZoneId zone, List<RegisterReading> readings, BigDecimal factor) {
        this.zone = zone;
        this.factor = factor;
        readings.stream()
                .sorted(Comparator.comparing(RegisterReading::at)
                        .thenComparing(reading -> reading.eventId().toString()))
                .forEach(this::read);
    }

    private void read(RegisterReading next) {
        String judgement = judge(next);
        judgements.add(next.at() + " " + next.value().stripTrailingZeros().toPlainString() + " " + judgement);
    }

    private String judge(RegisterReading next) {
        if (base == null) {
            base = next;
            return "VALID null";
        }
        BigDecimal used = next.value().subtract(base.value());
        BigDecimal bound = MAX_PER_HOUR
                .multiply(seconds(base.at(), next.at()).add(new BigDecimal(60)))
                .divide(new BigDecimal(3600), 12, RoundingMode.DOWN);
        boolean rolled = used.signum() < 0
                && base.value().compareTo(CAPACITY.multiply(new BigDecimal("0.9"))) >= 0
                && base.value().compareTo(CAPACITY) < 0
                && next.value().compareTo(CAPACITY.multiply(new BigDecimal("0.1"))) < 0
                && used.add(CAPACITY).compareTo(bound) <= 0;
        if (rolled) {
            used = used.add(CAPACITY);
        } else if (used.signum() < 0 || used.compareTo(bound) > 0) {
            return "SUSPECT " + (used.signum() < 0 ? "NEGATIVE" : "JUMP");
        }
        BigDecimal quantity = used.multiply(factor).setScale(4, RoundingMode.HALF_UP);
        intervals.add(new Interval(base.at(), next.at(), quantity));
        spread(base.at(), next.at(), quantity);
        base = next;
        return rolled ? "VALID ROLLOVER" : "VALID null";
    }

    private void spread(Instant from, Instant to, BigDecimal used) {
        if (from.equals(to)) {
            add(hourOf(to.minusNanos(1000)), used);
            return;
        }
        BigDecimal given = BigDecimal.ZERO.setScale(4);
        for (Instant hour = hourOf(from); hour.isBefore(to); hour = hour.plus(Duration.ofHours(1))) {
            Instant end = hour.plus(Duration.ofHours(1)).isBefore(to) ? hour.plus(Duration.ofHours(1)) : to;
            BigDecimal upToHere = used.multiply(seconds(from, end)).divide(seconds(from, to), 4, RoundingMode.HALF_UP);
            add(hour, upToHere.subtract(given));
            given = upToHere;
        }
    }

    private void add(Instant hour, BigDecimal used) {
        hours.merge(hour, used, BigDecimal::add);
        days.merge(hour.atZone(zone).toLocalDate(), used, BigDecimal::add);
    }

    private Instant hourOf(Instant instant) {
        return instant.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
    }

    private static BigDecimal seconds(Instant from, Instant to) {
        return BigDecimal.valueOf(ChronoUnit.MICROS.between(from, to), 6);
    }
}
