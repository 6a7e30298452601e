package cloud.wuye.device.metering;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What came of one counter in a batch where all of it is newer than what is stored and follows on as it should: nearly always.
 * All else is for the statement that judges anew (record-readings.sql); both come to the same.
 *
 * @param readings in order of time
 * @param intervals what was used from each to the next, the last accepted one before all
 */
record PlainReadings(CounterState state, List<RegisterReading> readings, List<Interval> intervals) {
    private static final BigDecimal HOUR_MICROS = BigDecimal.valueOf(3_600_000_000L);
    private static final long GRACE_MICROS = 60_000_000;
    /** PostgreSQL divides larger numbers with fewer decimals: it spreads them over hours itself. */
    private static final BigDecimal LARGE = BigDecimal.valueOf(10_000);

    /** Used between two accepted readings. */
    record Interval(Instant from, Instant to, BigDecimal quantity) {}

    /** Judges what came of a counter; null when it is not plain. */
    static PlainReadings judge(CounterState state, List<RegisterReading> came) {
        if (state == null || !state.isPlain()) {
            return null;
        }
        List<RegisterReading> readings = came;
        if (came.size() > 1) {
            readings = new ArrayList<>(came);
            readings.sort(Comparator.comparing(RegisterReading::at));
        }
        List<Interval> intervals = new ArrayList<>(readings.size());
        Instant from = state.baseAt();
        BigDecimal counter = state.baseValue();
        for (RegisterReading reading : readings) {
            BigDecimal more = reading.value().subtract(counter);
            if (reading.clockDoubted()
                    || reading.at().getNano() % 1000 != 0
                    || !reading.at().isAfter(from)
                    || !reading.at().isAfter(state.newestAt())
                    || !possible(more, HourShares.micros(from, reading.at()), state.maxPerHour())) {
                return null;
            }
            BigDecimal quantity = more.multiply(state.factor()).setScale(4, RoundingMode.HALF_UP);
            if (quantity.compareTo(LARGE) >= 0) {
                return null;
            }
            intervals.add(new Interval(from, reading.at(), quantity));
            from = reading.at();
            counter = reading.value();
        }
        boolean settled = state.closedBefore() != null
                && LocalDate.ofInstant(state.baseAt(), state.zone()).isBefore(state.closedBefore());
        return settled ? null : new PlainReadings(state, readings, intervals);
    }

    /** A minute of grace, for clocks and for the register's own step. */
    private static boolean possible(BigDecimal more, long micros, BigDecimal maxPerHour) {
        return more.signum() >= 0
                && more.multiply(HOUR_MICROS).compareTo(maxPerHour.multiply(BigDecimal.valueOf(micros + GRACE_MICROS)))
                        <= 0;
    }

    RegisterReading last() {
        return readings.get(readings.size() - 1);
    }

    /**
     * Counts the intervals into their hours.
     *
     * @param close takes each hour that is over, with its day
     * @param begin takes a day of which there may be no row yet
     * @return the hour that the last reading lies in
     */
    CountedHour count(BiConsumer<LocalDate, CountedHour> close, Consumer<LocalDate> begin) {
        CountedHour open = state.openHour();
        for (Interval interval : intervals) {
            for (CountedHour share : HourShares.of(interval.from, interval.to, interval.quantity, state.zone())) {
                if (open != null && open.hour().equals(share.hour())) {
                    open = open.plus(share);
                } else {
                    LocalDate day = day(share);
                    LocalDate before = open == null ? null : day(open);
                    if (open != null) {
                        close.accept(before, open);
                    }
                    if (!day.equals(before)) {
                        begin.accept(day);
                    }
                    open = share;
                }
            }
        }
        return open;
    }

    private LocalDate day(CountedHour hour) {
        return LocalDate.ofInstant(hour.hour(), state.zone());
    }
}
