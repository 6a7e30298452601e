package cloud.wuye.tariff.rating;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What usage costs, reckoned minute by minute as a person with much time would: look at the clock on the wall, find the hour
 * in the table, put the minute's share into the tiers. No rounding but that of 60-digit numbers.
 */
final class NaiveTariff {
    private static final MathContext EXACT = new MathContext(60);

    private final Tariff tariff;
    private BigDecimal month;
    private BigDecimal year;
    /** The counts given are those at the first minute, even when a month begins with it. */
    private boolean seen;

    BigDecimal amount = BigDecimal.ZERO;

    NaiveTariff(Tariff tariff, Used used) {
        this.tariff = tariff;
        this.month = used.month();
        this.year = used.year();
    }

    NaiveTariff use(List<Usage> usages) {
        for (Usage usage : usages) {
            long minutes = ChronoUnit.MINUTES.between(usage.from(), usage.to());
            BigDecimal share = usage.quantity().divide(new BigDecimal(BigInteger.valueOf(minutes)), EXACT);
            for (Instant at = usage.from(); at.isBefore(usage.to()); at = at.plusSeconds(60)) {
                minute(at, share);
            }
        }
        return this;
    }

    private void minute(Instant at, BigDecimal share) {
        ZonedDateTime wall = at.atZone(tariff.zone());
        TariffTerms terms = tariff.versions().stream()
                .filter(v -> !wall.toLocalDate().isBefore(v.from())
                        && (v.to() == null || wall.toLocalDate().isBefore(v.to())))
                .findFirst()
                .orElseThrow()
                .terms();
        ZonedDateTime before = at.minusSeconds(60).atZone(tariff.zone());
        if (before.getYear() != wall.getYear()) {
            year = seen ? BigDecimal.ZERO : year;
        }
        if (before.getMonth() != wall.getMonth()) {
            month = seen ? BigDecimal.ZERO : month;
        }
        BigDecimal start =
                terms.tiers() == null ? BigDecimal.ZERO : terms.tiers().reset() == TierReset.MONTH ? month : year;
        BigDecimal end = start.add(share);
        PricePeriod period = period(terms, wall);
        BigDecimal lower = BigDecimal.ZERO;
        int tiers = terms.tiers() == null ? 1 : terms.tiers().upTo().size() + 1;
        for (int tier = 1; tier <= tiers; tier++) {
            BigDecimal upper =
                    tier == tiers ? end.max(lower) : terms.tiers().upTo().get(tier - 1);
            BigDecimal inTier = end.min(upper).subtract(start.max(lower)).max(BigDecimal.ZERO);
            amount = amount.add(inTier.multiply(price(terms, tier, period)));
            lower = upper;
        }
        month = month.add(share);
        year = year.add(share);
        seen = true;
    }

    private static BigDecimal price(TariffTerms terms, int tier, PricePeriod period) {
        Rate rate = terms.rates().stream()
                .filter(r -> r.tier() == tier && r.period() == period)
                .findFirst()
                .orElseThrow();
        return rate.energyPrice().add(rate.servicePrice() == null ? terms.servicePrice() : rate.servicePrice());
    }

    private static PricePeriod period(TariffTerms terms, ZonedDateTime wall) {
        if (terms.basis() == PriceBasis.FLAT) {
            return PricePeriod.ALL_DAY;
        }
        LocalDate date = wall.toLocalDate();
        boolean weekend = date.getDayOfWeek().getValue() >= 6;
        DayKind kind = terms.holidays().working().contains(date)
                ? DayKind.WEEKDAY
                : terms.holidays().off().contains(date) ? DayKind.HOLIDAY : weekend ? DayKind.WEEKEND : DayKind.WEEKDAY;
        int day = wall.getMonthValue() * 100 + wall.getDayOfMonth();
        int minute = wall.getHour() * 60 + wall.getMinute();
        for (Season season : terms.seasons()) {
            if (inside(day, number(season.from()), number(season.to()) + 1)) {
                for (DayTable table : season.days()) {
                    for (HourRange hours : table.hours()) {
                        int from = hours.from().getHour() * 60 + hours.from().getMinute();
                        int to = hours.to().getHour() * 60 + hours.to().getMinute();
                        if (table.kinds().contains(kind) && inside(minute, from, to)) {
                            return hours.period();
                        }
                    }
                }
            }
        }
        throw new AssertionError(wall + " has no price");
    }

    private static boolean inside(int at, int from, int to) {
        return from < to ? at >= from && at < to : at >= from || at < to;
    }

    private static int number(String day) {
        return Integer.parseInt(day.replace("-", ""));
    }
}
