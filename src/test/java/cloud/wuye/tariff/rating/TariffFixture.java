package cloud.wuye.tariff.rating;

import cloud.wuye.platform.Ids;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Tariffs to test with. */
public final class TariffFixture {
    private TariffFixture() {}

    /** One price at all hours, no service. */
    public static TariffTerms flat(String price) {
        return new TariffTerms(PriceBasis.FLAT, null, null, null, List.of(rate(null, null, price)), null, null);
    }

    /** Tiers with these ends; one price more than ends. */
    static TariffTerms tiered(TierReset reset, List<String> upTo, String... prices) {
        Rate[] rates = new Rate[prices.length];
        for (int i = 0; i < prices.length; i++) {
            rates[i] = rate(i + 1, null, prices[i]);
        }
        return new TariffTerms(
                PriceBasis.FLAT,
                null,
                new Tiers(reset, upTo.stream().map(BigDecimal::new).toList()),
                null,
                List.of(rates),
                null,
                null);
    }

    /** Peak and valley, all year and every day. */
    static TariffTerms peakAndValley(String valleyFrom, String valleyTo, String peak, String valley) {
        return new TariffTerms(
                PriceBasis.TIME_OF_USE,
                List.of(allYear(
                        hours(valleyTo, valleyFrom, PricePeriod.PEAK),
                        hours(valleyFrom, valleyTo, PricePeriod.VALLEY))),
                null,
                null,
                List.of(rate(null, PricePeriod.PEAK, peak), rate(null, PricePeriod.VALLEY, valley)),
                null,
                null);
    }

    static Season allYear(HourRange... hours) {
        return new Season(
                "全年", "01-01", "12-31", List.of(new DayTable(Arrays.asList(DayKind.values()), List.of(hours))));
    }

    static HourRange hours(String from, String to, PricePeriod period) {
        return new HourRange(LocalTime.parse(from), LocalTime.parse(to), period);
    }

    static Rate rate(Integer tier, PricePeriod period, String price) {
        return new Rate(tier, period, new BigDecimal(price), null);
    }

    /** Terms in force from this day on. */
    static TariffVersionTerms from(int number, String day, String until, TariffTerms terms) {
        return new TariffVersionTerms(
                new UUID(7, number),
                number,
                LocalDate.parse(day),
                until == null ? null : LocalDate.parse(until),
                terms);
    }

    /** A flat tariff of one version. */
    public static Tariff flatFrom(String day) {
        return new Tariff(ZoneId.of("Asia/Shanghai"), List.of(from(1, day, null, flat("0.6"))));
    }

    /** Five kinds of hours in eight stretches of the day, three tiers by the month, service apart. */
    public static Tariff fullFrom(String day) {
        HourRange[] hours = {
            hours("00:00", "06:00", PricePeriod.VALLEY),
            hours("06:00", "08:00", PricePeriod.FLAT),
            hours("08:00", "11:00", PricePeriod.PEAK),
            hours("11:00", "13:00", PricePeriod.DEEP_VALLEY),
            hours("13:00", "17:00", PricePeriod.FLAT),
            hours("17:00", "19:00", PricePeriod.PEAK),
            hours("19:00", "21:00", PricePeriod.SHARP),
            hours("21:00", "00:00", PricePeriod.FLAT)
        };
        List<Rate> rates = new ArrayList<>();
        for (int tier = 1; tier <= 3; tier++) {
            for (PricePeriod period : PricePeriod.values()) {
                if (period != PricePeriod.ALL_DAY) {
                    rates.add(rate(tier, period, "0." + tier + period.ordinal()));
                }
            }
        }
        Tiers tiers = new Tiers(TierReset.MONTH, List.of(new BigDecimal("180"), new BigDecimal("280")));
        TariffTerms terms = new TariffTerms(
                PriceBasis.TIME_OF_USE, List.of(allYear(hours)), tiers, new BigDecimal("0.05"), rates, null, null);
        return new Tariff(ZoneId.of("Asia/Shanghai"), List.of(from(1, day, null, terms)));
    }

    /** The same with versions of other ids. */
    public static Tariff renamed(Tariff tariff) {
        return new Tariff(
                tariff.zone(),
                tariff.versions().stream()
                        .map(version -> new TariffVersionTerms(
                                Ids.next(), version.number(), version.from(), version.to(), version.terms()))
                        .toList());
    }
}
