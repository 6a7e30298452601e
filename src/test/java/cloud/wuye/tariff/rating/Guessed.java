package cloud.wuye.tariff.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Random tariffs and usages, near the places where something happens: changes of the clock, the year's end, thresholds. */
public final class Guessed {
    private static final List<String> ZONES = List.of("Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe");
    private static final List<String> STARTS = List.of("2026-03-20", "2026-10-18", "2026-12-22", "2027-01-10");
    private static final PricePeriod[] KINDS = {
        PricePeriod.SHARP, PricePeriod.PEAK, PricePeriod.FLAT, PricePeriod.VALLEY, PricePeriod.DEEP_VALLEY
    };

    private final Random random;

    private boolean rising;

    public Guessed(long seed) {
        this.random = new Random(seed);
    }

    /** From now on every tier is as dear as the one before it, or dearer, in each kind of hours. */
    Guessed rising() {
        rising = true;
        return this;
    }

    /** One to three versions from before the first day that usages begin on, in some zone. */
    public Tariff tariff() {
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        LocalDate day = LocalDate.parse(STARTS.get(random.nextInt(STARTS.size())));
        LocalDate first = day.minusDays(60);
        List<TariffVersionTerms> versions = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 1; i <= count; i++) {
            LocalDate next = i == count ? null : (i == 1 ? day : first).plusDays(1 + random.nextInt(9));
            versions.add(new TariffVersionTerms(cloud.wuye.platform.Ids.next(), i, first, next, terms()));
            first = next;
        }
        return new Tariff(zone, versions);
    }

    /** The first instant of usages by this tariff. */
    public Instant start(Tariff tariff) {
        LocalDate day = tariff.versions().get(0).from().plusDays(60);
        return day.atTime(random.nextInt(24), random.nextInt(60))
                .atZone(tariff.zone())
                .toInstant();
    }

    /** Consecutive intervals of a meter, minutes to days long. */
    public List<Usage> usages(Instant start, int most) {
        List<Usage> usages = new ArrayList<>();
        Instant at = start;
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            Instant next = at.plus(minutes(), ChronoUnit.MINUTES);
            usages.add(Usage.total(at, next, quantity()));
            at = next;
        }
        return usages;
    }

    public Used used() {
        BigDecimal month = quantity();
        return new Used(month, month.add(quantity()));
    }

    public BigDecimal quantity() {
        return switch (random.nextInt(6)) {
            case 0 -> BigDecimal.valueOf(random.nextInt(3), 4);
            case 1 -> BigDecimal.valueOf(random.nextInt(20) * 10_000L, 4);
            default -> BigDecimal.valueOf(random.nextInt(600_000), 4);
        };
    }

    public int minutes() {
        return switch (random.nextInt(4)) {
            case 0 -> 15;
            case 1 -> 1 + random.nextInt(90);
            case 2 -> 60 * (1 + random.nextInt(36));
            default -> 1 + random.nextInt(60 * 24 * 6);
        };
    }

    TariffTerms terms() {
        boolean timeOfUse = random.nextInt(4) > 0;
        List<Season> seasons = timeOfUse ? seasons() : List.of();
        Set<PricePeriod> periods = new TreeSet<>();
        seasons.forEach(
                season -> season.days().forEach(table -> table.hours().forEach(hours -> periods.add(hours.period()))));
        if (!timeOfUse) {
            periods.add(PricePeriod.ALL_DAY);
        }
        Tiers tiers = tiers();
        List<Rate> rates = new ArrayList<>();
        Map<PricePeriod, BigDecimal> dearest = new EnumMap<>(PricePeriod.class);
        for (int tier = 1; tier <= (tiers == null ? 1 : tiers.upTo().size() + 1); tier++) {
            for (PricePeriod period : periods) {
                if (rising) {
                    BigDecimal more =
                            dearest.merge(period, BigDecimal.valueOf(random.nextInt(300_000), 6), BigDecimal::add);
                    rates.add(new Rate(tier, period, more, null));
                } else {
                    rates.add(new Rate(tier, period, price(), random.nextBoolean() ? price() : null));
                }
            }
        }
        return new TariffTerms(
                timeOfUse ? PriceBasis.TIME_OF_USE : PriceBasis.FLAT, seasons, tiers, price(), rates, null, holidays());
    }

    private BigDecimal price() {
        return BigDecimal.valueOf(random.nextInt(2_000_000), 6);
    }

    private Tiers tiers() {
        if (random.nextInt(4) == 0) {
            return null;
        }
        Set<BigDecimal> ends = new TreeSet<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            ends.add(BigDecimal.valueOf(1 + random.nextInt(900_000), 4));
        }
        return new Tiers(random.nextBoolean() ? TierReset.MONTH : TierReset.YEAR, List.copyOf(ends));
    }

    private Holidays holidays() {
        Set<LocalDate> off = new HashSet<>();
        Set<LocalDate> working = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            LocalDate day = LocalDate.of(2026, 1, 1).plusDays(random.nextInt(430));
            if (random.nextBoolean()) {
                off.add(day);
            } else {
                working.add(day);
            }
        }
        off.removeAll(working);
        return new Holidays(off, working);
    }

    private List<Season> seasons() {
        if (random.nextBoolean()) {
            return List.of(new Season("all", "03-01", "02-29", days()));
        }
        return List.of(new Season("a", "03-25", "12-24", days()), new Season("b", "12-25", "03-24", days()));
    }

    private List<DayTable> days() {
        List<DayTable> tables = new ArrayList<>();
        if (random.nextBoolean()) {
            tables.add(new DayTable(List.of(DayKind.WEEKDAY), hours()));
            tables.add(new DayTable(List.of(DayKind.WEEKEND, DayKind.HOLIDAY), hours()));
        } else {
            for (DayKind kind : DayKind.values()) {
                tables.add(new DayTable(List.of(kind), hours()));
            }
        }
        return tables;
    }

    private List<HourRange> hours() {
        TreeSet<Integer> cuts = new TreeSet<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            cuts.add(random.nextBoolean() ? 60 * random.nextInt(24) : random.nextInt(24 * 60));
        }
        List<Integer> list = List.copyOf(cuts);
        List<HourRange> hours = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            hours.add(new HourRange(
                    time(list.get(i)), time(list.get((i + 1) % list.size())), KINDS[random.nextInt(KINDS.length)]));
        }
        return hours;
    }

    private static LocalTime time(int minute) {
        return LocalTime.of(minute / 60, minute % 60);
    }
}
