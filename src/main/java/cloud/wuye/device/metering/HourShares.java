package cloud.wuye.device.metering;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** How an interval between two readings is spread over the hours of a calendar: the twin of the SQL function meter_shares. */
final class HourShares {
    private HourShares() {}

    /** The shares of an interval that is longer than nothing, in order. */
    static List<CountedHour> of(Instant from, Instant to, BigDecimal quantity, ZoneId zone) {
        Instant last = hour(to.minus(1, ChronoUnit.MICROS), zone);
        if (!from.isBefore(last)) {
            return List.of(new CountedHour(last, quantity, micros(from, to), 1));
        }
        List<CountedHour> shares = new ArrayList<>();
        BigDecimal whole = BigDecimal.valueOf(micros(from, to));
        BigDecimal before = BigDecimal.ZERO;
        Instant begin = from;
        for (Instant hour = hour(from, zone); begin.isBefore(to); hour = hour.plus(1, ChronoUnit.HOURS)) {
            Instant next = hour.plus(1, ChronoUnit.HOURS);
            Instant end = next.isBefore(to) ? next : to;
            BigDecimal by =
                    quantity.multiply(BigDecimal.valueOf(micros(from, end))).divide(whole, 4, RoundingMode.HALF_UP);
            shares.add(new CountedHour(hour, by.subtract(before), micros(begin, end), end.equals(to) ? 1 : 0));
            before = by;
            begin = end;
        }
        return shares;
    }

    /** The beginning of the hour on the clock of that zone. */
    static Instant hour(Instant at, ZoneId zone) {
        long offset = zone.getRules().getOffset(at).getTotalSeconds();
        long local = at.getEpochSecond() + offset;
        return Instant.ofEpochSecond(local - Math.floorMod(local, 3600L) - offset);
    }

    static long micros(Instant from, Instant to) {
        return ChronoUnit.MICROS.between(from, to);
    }
}
