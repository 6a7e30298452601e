package cloud.wuye.tariff.rating;

import java.time.Instant;

/**
 * A stretch of time with one version and one kind of hours, inside one month.
 *
 * @param month when its local month began
 * @param year when its local year began
 */
public record Segment(
        Instant from, Instant to, TariffVersionTerms version, PricePeriod period, Instant month, Instant year) {
    Segment until(Instant end) {
        return new Segment(from, end, version, period, month, year);
    }

    boolean continues(Segment next) {
        return to.equals(next.from)
                && version.id().equals(next.version.id())
                && period == next.period
                && month.equals(next.month);
    }
}
