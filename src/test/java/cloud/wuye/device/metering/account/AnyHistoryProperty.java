package cloud.wuye.device.metering.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.metering.MeteringDatabase;
import cloud.wuye.device.metering.Recorded;
import cloud.wuye.device.metering.RegisterReading;
import cloud.wuye.ledger.Ledgers;
import cloud.wuye.ledger.Source;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.tariff.LaidOutPlans;
import cloud.wuye.tariff.rating.Guessed;
import cloud.wuye.tariff.rating.RateUsage;
import cloud.wuye.tariff.rating.RatedLine;
import cloud.wuye.tariff.rating.Rating;
import cloud.wuye.tariff.rating.Tariff;
import cloud.wuye.tariff.rating.Usage;
import cloud.wuye.tariff.rating.Used;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever a meter goes through (readings late, doubled, reordered, misread, rolled over; replaced by another, told of before or
 * after; credit bought and given back; prices that change; several replicas), what is charged is what a naive reckoning of the
 * readings in order comes to, credit is what was put in less that, saying it all again changes nothing, and the journal is told
 * just that.
 */
class AnyHistoryProperty {
    private static final String NOT_THE_NEWEST =
            """
            SELECT count(*)::numeric FROM meter_state s WHERE tenant_id = $1 AND newest_at IS DISTINCT FROM (
              SELECT max(read_at) FROM meter_reading r
              WHERE r.tenant_id = s.tenant_id AND r.device_id = s.device_id AND r.register = s.register)""";

    /** Meters that live at the same time. */
    private static final int METERS = 10;

    /**
     * {@code -Dwuye.histories=100000} for a night. A failure names its seed and round: {@code -Dwuye.histories.seed} and
     * {@code -Dwuye.histories.from} go straight there.
     */
    private static final int TRIES = Integer.getInteger("wuye.histories", 400) / METERS;

    private static MeteringDatabase database;
    private static MeterAccounts accounts;
    private static Credits credits;
    private static RerateUsage rerate;
    private static PostUsage post;

    @BeforeContainer
    static void open() {
        database = new MeteringDatabase();
        accounts = new MeterAccounts();
        credits = new Credits(accounts, database.clock);
        rerate = new RerateUsage(null, accounts, database.config, database.clock);
        post = new PostUsage(null, Ledgers.by(database.clock), database.clock);
    }

    @AfterContainer
    static void close() {
        database.close();
    }

    @Example
    void whatIsChargedIsWhatTheReadingsSay() {
        long seed = Long.getLong("wuye.histories.seed", System.nanoTime());
        Random seeds = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            long own = seeds.nextLong();
            if (i < Integer.getInteger("wuye.histories.from", 0)) {
                continue;
            }
            try {
                once(new Random(own));
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ", round " + i, e);
            }
        }
    }

    private void once(Random random) {
        Guessed guessed = new Guessed(random.nextLong());
        Tariff tariff = guessed.tariff();
        Instant start = start(guessed, tariff, random);
        database.clock.set(start.plus(Duration.ofDays(30)));
        UUID tenant = database.tenant(tariff.zone().getId());
        UUID plan = database.work(tx -> LaidOutPlans.add(tx, tenant, tariff, start));
        List<MeterLife> lives = new ArrayList<>();
        for (int i = 0; i < METERS; i++) {
            lives.add(life(tenant, plan, tariff, start, random));
        }

        List<RegisterReading> deliveries = new ArrayList<>();
        lives.forEach(life -> deliveries.addAll(life.told()));
        new ArrayList<>(deliveries)
                .stream().filter(reading -> random.nextInt(4) == 0).forEach(deliveries::add);
        if (random.nextInt(4) > 0) {
            disturb(deliveries, random);
        } else {
            deliveries.sort(java.util.Comparator.comparing(RegisterReading::at));
        }
        deliver(deliveries, lives, tenant, random);
        chargeAnew();
        lives.forEach(life -> check(life));

        Collections.shuffle(deliveries, random);
        long lines = count("SELECT count(*) FROM rated_line");
        batches(deliveries, random).forEach(database::store);
        chargeAnew();
        lives.forEach(life -> move(tenant, life, "again", BigDecimal.ONE));
        assertEquals(lines, count("SELECT count(*) FROM rated_line"), "lines written by repetition");
        lives.forEach(life -> check(life));
        lives.forEach(life -> checkJournal(tenant, life));
        assertEquals(
                0, number(NOT_THE_NEWEST, tenant).signum(), "counters that know another newest reading than theirs");
    }

    /** Half of them live through the end of a month, where the tiers begin anew. */
    private static Instant start(Guessed guessed, Tariff tariff, Random random) {
        Instant any = guessed.start(tariff).plusSeconds(random.nextInt(60));
        if (random.nextBoolean()) {
            return any;
        }
        return any.atZone(tariff.zone())
                .toLocalDate()
                .plusMonths(1)
                .withDayOfMonth(1)
                .atStartOfDay(tariff.zone())
                .toInstant()
                .minus(Duration.ofMinutes(random.nextInt(900)));
    }

    private static MeterLife life(UUID tenant, UUID plan, Tariff tariff, Instant start, Random random) {
        MeterLife life = MeterLife.any(database, tenant, tariff, start, random);
        UUID meter = life.meter;
        database.store(life.readings.subList(0, 1));
        boolean quantity = random.nextInt(4) == 0;
        life.quantity = quantity;
        database.work(tx -> accounts.open(
                tx,
                new MeterAccount(
                        tenant,
                        meter,
                        meter,
                        Commodity.ELECTRICITY,
                        BillingMode.PREPAID,
                        CreditAuthority.PLATFORM,
                        quantity ? CreditUnit.QUANTITY : CreditUnit.MONEY,
                        plan,
                        null,
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        false,
                        List.of(BigDecimal.TEN),
                        null,
                        start,
                        null,
                        0)));
        move(tenant, life, "again", BigDecimal.ONE);
        return life;
    }

    /** Bought or given back, in the middle of it all; a fact that is told again moves nothing. */
    private static void move(UUID tenant, MeterLife life, String fact, BigDecimal amount) {
        CreditMove moved = database.work(tx -> credits.move(
                tx,
                new Credits.Wanted(
                        tenant,
                        life.meter,
                        amount.signum() > 0 ? CreditMoveKind.TOP_UP : CreditMoveKind.REFUND,
                        amount,
                        0,
                        new Source("test", life.meter + fact, "moved"),
                        Caller.system(tenant),
                        null)));
        if (moved.fresh()) {
            life.put = life.put.add(amount);
        }
    }

    private void deliver(List<RegisterReading> deliveries, List<MeterLife> lives, UUID tenant, Random random) {
        List<List<RegisterReading>> batches = batches(deliveries, random);
        if (random.nextInt(3) == 0) {
            lives.stream().filter(life -> random.nextBoolean()).forEach(life -> life.replace(tenant));
            List<Uni<Recorded>> all = new ArrayList<>();
            batches.forEach(
                    batch -> all.add(database.cross.withTransaction(tx -> database.recordReadings.store(tx, batch))));
            Uni.join().all(all).andFailFast().await().indefinitely();
            lives.forEach(life -> life.replace(tenant));
            return;
        }
        for (int i = 0; i < batches.size(); i++) {
            database.store(batches.get(i));
            MeterLife life = lives.get(random.nextInt(lives.size()));
            if (random.nextInt(3) == 0) {
                move(tenant, life, "batch " + i, BigDecimal.valueOf(random.nextInt(200_000) - 50_000L, 4));
            }
            if (random.nextInt(3) == 0) {
                lives.get(random.nextInt(lives.size())).replace(tenant);
            }
            if (random.nextInt(3) == 0) {
                chargeAnew();
            }
        }
        lives.forEach(life -> life.replace(tenant));
    }

    private static void chargeAnew() {
        database.query(
                        "SELECT tenant_id, point_id FROM meter_balance WHERE rerate_from IS NOT NULL",
                        Tuple.tuple(),
                        row -> row)
                .forEach(row ->
                        database.work(tx -> rerate.account(tx, row.getUUID("tenant_id"), row.getUUID("point_id"))));
    }

    private static void check(MeterLife life) {
        List<Usage> usages = life.intervals().stream()
                .map(used -> Usage.total(used.from(), used.to(), used.quantity()))
                .toList();
        Rating rating = RateUsage.rate(life.tariff, usages, Used.NOTHING);
        Map<String, Integer> expected = new TreeMap<>();
        rating.lines().forEach(line -> expected.merge(shown(line), 1, Integer::sum));
        assertEquals(expected, charged(life.meter), () -> life.readings.toString());

        BigDecimal amount = rating.lines().stream().map(RatedLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal quantity = rating.lines().stream().map(RatedLine::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        Balance balance =
                database.work(tx -> accounts.balances(tx, List.of(life.meter))).get(life.meter);
        assertEquals(
                0,
                life.put.subtract(balance.inQuantity() ? quantity : amount).compareTo(balance.credit()),
                () -> life.put + " put, " + amount + " or " + quantity + " used, " + balance);
        assertEquals(0, amount.compareTo(balance.unpostedEnergy().add(balance.unpostedService())));
        assertEquals(usages.isEmpty() ? balance.startsAt() : last(usages), balance.chargedUntil());
        assertEquals(0, used(rating, usages, life, true).compareTo(balance.monthUsed()));
        assertEquals(0, used(rating, usages, life, false).compareTo(balance.yearUsed()));
        assertTrue(balance.credit().compareTo(BigDecimal.TEN) >= 0 || balance.lookAt() != null, "nobody looks");
    }

    /** Told once, the journal has taken from the customer what was charged; told again, nothing more. */
    private static void checkJournal(UUID tenant, MeterLife life) {
        String used = "SELECT coalesce(sum(" + (life.quantity ? "quantity" : "energy_amount + service_amount")
                + "), 0) FROM rated_line WHERE point_id = $1";
        String posted = "SELECT coalesce(sum(amount), 0) FROM journal_line WHERE subject = $1 AND account = '"
                + (life.quantity ? "ENERGY_CREDIT" : "CUSTOMER_CREDIT") + "'";
        for (int times = 0; times < 2; times++) {
            database.work(tx -> post.account(tx, tenant, life.meter));
            assertEquals(0, number(used, life.meter).compareTo(number(posted, life.meter)), life.meter::toString);
        }
        assertEquals(
                0,
                number(
                                "SELECT coalesce(sum(abs(s)), 0) FROM (SELECT sum(amount) AS s FROM journal_line WHERE tenant_id = $1"
                                        + " GROUP BY entry_id, account LIKE 'ENERGY%') entries",
                                tenant)
                        .signum());
    }

    private static BigDecimal number(String sql, UUID of) {
        return database.query(sql, Tuple.of(of), row -> row.getBigDecimal(0)).get(0);
    }

    /** What stands on the count of the month or year in which the next usage begins. */
    private static BigDecimal used(Rating rating, List<Usage> usages, MeterLife life, boolean month) {
        if (usages.isEmpty()) {
            return BigDecimal.ZERO;
        }
        var day = last(usages).atZone(life.tariff.zone()).toLocalDate();
        Instant since = (month ? day.withDayOfMonth(1) : day.withDayOfYear(1))
                .atStartOfDay(life.tariff.zone())
                .toInstant();
        return rating.lines().stream()
                .filter(line -> !line.from().isBefore(since))
                .map(RatedLine::quantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Instant last(List<Usage> usages) {
        return usages.get(usages.size() - 1).to();
    }

    private static Map<String, Integer> charged(UUID point) {
        Map<String, Integer> lines = new TreeMap<>();
        database.query(
                "SELECT from_at, to_at, version_id, tier, period, sign * quantity AS quantity, used_before, sum(sign)::int AS n,"
                        + " sign * energy_amount AS energy, sign * service_amount AS service FROM rated_line WHERE point_id = $1"
                        + " GROUP BY since, until, 1, 2, 3, 4, 5, 6, 7, 9, 10 HAVING sum(sign) <> 0",
                Tuple.of(point),
                row -> lines.merge(
                        row.getOffsetDateTime("from_at").toInstant() + " "
                                + row.getOffsetDateTime("to_at").toInstant() + " " + row.getUUID("version_id") + " "
                                + row.getShort("tier") + " " + row.getString("period") + " "
                                + row.getBigDecimal("quantity").toPlainString() + " "
                                + row.getBigDecimal("used_before").toPlainString() + " "
                                + row.getBigDecimal("energy").toPlainString() + " "
                                + row.getBigDecimal("service").toPlainString(),
                        row.getInteger("n"),
                        Integer::sum));
        return lines;
    }

    private static String shown(RatedLine line) {
        return line.from() + " " + line.to() + " " + line.versionId() + " " + line.tier() + " " + line.period() + " "
                + line.quantity().toPlainString() + " " + line.usedBefore().toPlainString() + " "
                + line.energyAmount().toPlainString() + " "
                + line.serviceAmount().toPlainString();
    }

    private static long count(String sql) {
        return database.query(sql, Tuple.tuple(), row -> row.getLong(0)).get(0);
    }

    /** Some come a little late, some very. */
    private static void disturb(List<RegisterReading> deliveries, Random random) {
        if (random.nextBoolean()) {
            Collections.shuffle(deliveries, random);
            return;
        }
        deliveries.sort(java.util.Comparator.comparing(RegisterReading::at));
        for (int i = 0; i < deliveries.size() / 5; i++) {
            Collections.swap(deliveries, random.nextInt(deliveries.size()), random.nextInt(deliveries.size()));
        }
    }

    private static List<List<RegisterReading>> batches(List<RegisterReading> deliveries, Random random) {
        List<List<RegisterReading>> batches = new ArrayList<>();
        for (int i = 0; i < deliveries.size(); ) {
            int size = 1 + random.nextInt(random.nextBoolean() ? 5 : 100);
            batches.add(deliveries.subList(i, Math.min(deliveries.size(), i + size)));
            i += size;
        }
        return batches;
    }
}
