package cloud.wuye.device.metering.account;

import cloud.wuye.device.metering.MeterRegister;
import cloud.wuye.device.metering.MeteringDatabase;
import cloud.wuye.device.metering.NaiveMeter;
import cloud.wuye.device.metering.ReadingOrigin;
import cloud.wuye.device.metering.RegisterReading;
import cloud.wuye.platform.Ids;
import cloud.wuye.tariff.rating.Tariff;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A meter, its tariff, what it will say, what takes its place or null, and what was put to its credit. */
final class MeterLife {
    private final MeteringDatabase database;
    final UUID meter;
    final Tariff tariff;
    final List<RegisterReading> readings;
    private final Replacement replacement;
    private boolean replaced;
    boolean quantity;
    BigDecimal put = BigDecimal.ZERO;

    /** What took a meter's place, with its counter standing for {@link #RATIO} units. */
    private record Replacement(
            UUID meter, Instant at, BigDecimal last, BigDecimal first, List<RegisterReading> readings) {
        static final BigDecimal RATIO = new BigDecimal("7.5");

        private RegisterReading mark(RegisterReading like, UUID of, long rank, BigDecimal counter) {
            return new RegisterReading(
                    like.tenantId(),
                    of,
                    MeterRegister.TOTAL,
                    new UUID(rank << 48, 0),
                    counter,
                    at,
                    at,
                    at,
                    false,
                    ReadingOrigin.FINAL,
                    null);
        }
    }

    private MeterLife(
            MeteringDatabase database,
            UUID meter,
            Tariff tariff,
            List<RegisterReading> readings,
            Replacement replacement) {
        this.database = database;
        this.meter = meter;
        this.tariff = tariff;
        this.readings = readings;
        this.replacement = replacement;
    }

    /** Any that begins then. A third of them is replaced by another some day. */
    static MeterLife any(MeteringDatabase database, UUID tenant, Tariff tariff, Instant start, Random random) {
        UUID meter = database.meter(tenant);
        List<RegisterReading> readings = readings(tenant, meter, start, random);
        return new MeterLife(
                database,
                meter,
                tariff,
                readings,
                random.nextInt(3) == 0 ? replacement(database, tenant, readings, start, random) : null);
    }

    /** What comes in bit by bit; the first reading is there when the account is opened. */
    List<RegisterReading> told() {
        List<RegisterReading> told = new ArrayList<>(readings.subList(1, readings.size()));
        if (replacement != null) {
            told.addAll(replacement.readings);
        }
        return told;
    }

    /** Somebody enters that it was replaced. */
    void replace(UUID tenant) {
        if (replacement != null && !replaced) {
            replaced = true;
            database.replace(
                    tenant,
                    meter,
                    replacement.meter,
                    replacement.at,
                    replacement.last,
                    replacement.first,
                    Replacement.RATIO);
        }
    }

    List<NaiveMeter.Interval> intervals() {
        if (replacement == null) {
            return new NaiveMeter(tariff.zone(), readings).intervals();
        }
        Instant at = replacement.at;
        List<RegisterReading> closed = new ArrayList<>(
                readings.stream().filter(reading -> !reading.at().isAfter(at)).toList());
        closed.add(replacement.mark(readings.get(0), meter, 0xfffe, replacement.last));
        List<RegisterReading> opened =
                new ArrayList<>(List.of(replacement.mark(readings.get(0), replacement.meter, 0, replacement.first)));
        opened.addAll(replacement.readings.stream()
                .filter(reading -> reading.at().isAfter(at))
                .toList());
        List<NaiveMeter.Interval> both = new ArrayList<>(new NaiveMeter(tariff.zone(), closed).intervals());
        both.addAll(new NaiveMeter(tariff.zone(), opened, Replacement.RATIO).intervals());
        return both;
    }

    /** Another meter, at the time of one of the readings or a little later; it has spoken before, somewhere else. */
    private static Replacement replacement(
            MeteringDatabase database, UUID tenant, List<RegisterReading> readings, Instant start, Random random) {
        UUID next = database.meter(tenant);
        List<RegisterReading> ofNext = readings(tenant, next, start, random);
        List<RegisterReading> early = readings.stream()
                .filter(reading -> reading.at().isBefore(start.plus(Duration.ofDays(29))))
                .toList();
        Instant at = early.get(random.nextInt(early.size())).at().plusSeconds(random.nextInt(3) * 30L);
        BigDecimal last = readings.stream()
                .filter(reading -> !reading.at().isAfter(at))
                .reduce((a, b) -> b)
                .orElseThrow()
                .value();
        BigDecimal first = ofNext.stream()
                .filter(reading -> reading.at().isAfter(at))
                .findFirst()
                .map(RegisterReading::value)
                .orElse(BigDecimal.ZERO);
        return new Replacement(next, at, last, first, ofNext);
    }

    private static List<RegisterReading> readings(UUID tenant, UUID meter, Instant start, Random random) {
        List<RegisterReading> readings = new ArrayList<>();
        Instant at = start;
        BigDecimal counter = new BigDecimal(random.nextBoolean() ? random.nextInt(100) : 999_900 + random.nextInt(99));
        int count = 2 + random.nextInt(25);
        for (int i = 0; i < count; i++) {
            int minutes = i == 0 ? 0 : random.nextInt(12) == 0 ? random.nextInt(6000) : 1 + random.nextInt(90);
            at = at.plus(Duration.ofMinutes(i > 1 && random.nextInt(15) == 0 ? 0 : minutes));
            counter = counter.add(BigDecimal.valueOf(random.nextInt(9000), 4).multiply(BigDecimal.valueOf(minutes)))
                    .remainder(new BigDecimal(1_000_000));
            BigDecimal value = i == 0
                    ? counter
                    : switch (random.nextInt(15)) {
                        case 0 -> counter.divideToIntegralValue(BigDecimal.valueOf(3));
                        case 1 -> counter.add(new BigDecimal(20_000));
                        default -> counter;
                    };
            readings.add(new RegisterReading(
                    tenant,
                    meter,
                    MeterRegister.TOTAL,
                    Ids.next(),
                    value.setScale(4),
                    at,
                    at,
                    at,
                    false,
                    ReadingOrigin.PUSHED,
                    null));
        }
        return readings;
    }
}
