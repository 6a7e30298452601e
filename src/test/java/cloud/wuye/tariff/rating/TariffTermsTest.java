package cloud.wuye.tariff.rating;

import static cloud.wuye.tariff.rating.TariffFixture.allYear;
import static cloud.wuye.tariff.rating.TariffFixture.hours;
import static cloud.wuye.tariff.rating.TariffFixture.rate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Terms are whole or refused, and the refusal says what is wrong first. */
class TariffTermsTest {
    @Test
    void theFirstGapIsNamed() {
        refused(
                ProblemCode.TARIFF_GAP,
                "The price table says nothing of 全年 WEEKDAY 11:00–14:00",
                List.of(allYear(
                        hours("22:00", "08:00", PricePeriod.VALLEY),
                        hours("08:00", "11:00", PricePeriod.PEAK),
                        hours("14:00", "22:00", PricePeriod.PEAK))));
        refused(
                ProblemCode.TARIFF_GAP,
                "The price table says nothing of 全年 WEEKDAY 23:30–24:00",
                List.of(allYear(hours("00:00", "23:30", PricePeriod.PEAK))));
    }

    @Test
    void theFirstOverlapIsNamed() {
        refused(
                ProblemCode.TARIFF_OVERLAP,
                "The price table says two things of 全年 WEEKDAY 06:30–07:00",
                List.of(allYear(
                        hours("23:00", "07:00", PricePeriod.VALLEY), hours("06:30", "23:00", PricePeriod.PEAK))));
    }

    @Test
    void everyDayOfTheYearHasOneSeason() {
        HourRange day = hours("00:00", "00:00", PricePeriod.PEAK);
        Season summer = new Season("夏季", "06-01", "09-30", allYear(day).days());
        Season rest = new Season("非夏季", "10-01", "05-31", allYear(day).days());
        terms(List.of(summer, rest));
        refused(ProblemCode.TARIFF_GAP, "The price table says nothing of 01-01", List.of(summer));
        refused(
                ProblemCode.TARIFF_GAP,
                "The price table says nothing of 02-29",
                List.of(new Season("a", "03-01", "02-28", allYear(day).days())));
        refused(
                ProblemCode.TARIFF_OVERLAP,
                "The price table says two things of 05-31",
                List.of(new Season("夏季", "05-31", "09-30", allYear(day).days()), rest));
    }

    @Test
    void everyKindOfDayHasOneTable() {
        DayTable weekdays = new DayTable(List.of(DayKind.WEEKDAY), List.of(hours("00:00", "00:00", PricePeriod.PEAK)));
        refused(
                ProblemCode.TARIFF_GAP,
                "The price table says nothing of 全年 WEEKEND",
                List.of(new Season("全年", "01-01", "12-31", List.of(weekdays))));
        refused(
                ProblemCode.TARIFF_OVERLAP,
                "The price table says two things of 全年 WEEKDAY",
                List.of(new Season(
                        "全年",
                        "01-01",
                        "12-31",
                        List.of(
                                weekdays,
                                new DayTable(
                                        Arrays.asList(DayKind.values()),
                                        List.of(hours("00:00", "00:00", PricePeriod.FLAT)))))));
    }

    @Test
    void everyTierAndKindOfHoursHasOnePrice() {
        Tiers tiers = new Tiers(TierReset.MONTH, List.of(new BigDecimal("180")));
        code(ProblemCode.TARIFF_RATE_MISSING, tiers, null, rate(1, null, "0.5"));
        code(ProblemCode.TARIFF_RATE_TWICE, tiers, null, rate(1, null, "0.5"), rate(null, null, "0.6"));
        code(ProblemCode.TARIFF_RATE_UNUSED, tiers, null, rate(null, null, "0.5"), rate(3, null, "0.6"));
        code(ProblemCode.TARIFF_RATE_UNUSED, null, null, rate(null, PricePeriod.SHARP, "0.6"));
        code(ProblemCode.VALIDATION, null, null, rate(null, null, "-0.1"));
        code(ProblemCode.VALIDATION, null, null, rate(null, null, "0.1234567"));
        code(
                ProblemCode.VALIDATION,
                new Tiers(TierReset.MONTH, List.of(new BigDecimal("180"), new BigDecimal("180"))),
                null,
                rate(null, null, "1"));
    }

    /** 电网 0.60: energy 0.58 and service 0.10 together are 0.08 above it. */
    @Test
    void aPriceAboveTheGridsIsRefusedOrLowered() {
        PriceCheck refused = capped(CapMode.REFUSE, true, "0.58").priceCheck().get(0);
        assertEquals(PriceVerdict.REFUSED, refused.verdict());
        assertEquals(new BigDecimal("0.08"), refused.excess());

        TariffTerms lowered = capped(CapMode.LOWER, true, "0.58");
        assertEquals(PriceVerdict.LOWERED, lowered.priceCheck().get(0).verdict());
        assertEquals(new BigDecimal("0.58"), lowered.prices().get(0).energyPrice());
        assertEquals(new BigDecimal("0.02"), lowered.prices().get(0).servicePrice());

        PriceCell dear = capped(CapMode.LOWER, true, "0.70").prices().get(0);
        assertEquals(new BigDecimal("0.60"), dear.energyPrice());
        assertEquals(0, dear.servicePrice().signum());

        assertEquals(
                PriceVerdict.WITHIN,
                capped(CapMode.REFUSE, false, "0.60").priceCheck().get(0).verdict());
    }

    private static TariffTerms capped(CapMode mode, boolean serviceCounts, String energy) {
        GridPrice grid = new GridPrice(null, null, new BigDecimal("0.60"));
        return new TariffTerms(
                PriceBasis.FLAT,
                null,
                null,
                new BigDecimal("0.10"),
                List.of(rate(null, null, energy)),
                new GridCap(mode, serviceCounts, List.of(grid)),
                null);
    }

    private static TariffTerms terms(List<Season> seasons) {
        return new TariffTerms(PriceBasis.TIME_OF_USE, seasons, null, null, List.of(rate(null, null, "1")), null, null);
    }

    private static void refused(ProblemCode code, String text, List<Season> seasons) {
        Problem problem = assertThrows(Problem.class, () -> terms(seasons));
        assertEquals(code, problem.code());
        assertEquals(text, problem.text(Locale.ENGLISH));
    }

    private static void code(ProblemCode code, Tiers tiers, GridCap cap, Rate... rates) {
        Problem problem = assertThrows(
                Problem.class, () -> new TariffTerms(PriceBasis.FLAT, null, tiers, null, List.of(rates), cap, null));
        assertEquals(code, problem.code());
    }
}
