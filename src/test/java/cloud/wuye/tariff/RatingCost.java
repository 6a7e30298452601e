package cloud.wuye.tariff;

import cloud.wuye.platform.Ids;
import cloud.wuye.tariff.rating.RateUsage;
import cloud.wuye.tariff.rating.Tariff;
import cloud.wuye.tariff.rating.TariffFixture;
import cloud.wuye.tariff.rating.Usage;
import cloud.wuye.tariff.rating.Used;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What rating a reading costs PostgreSQL, in microseconds of its backend's CPU, a thousand readings a statement; beside it the
 * engine's cost here. A program, not a test:
 * {@code java -cp target/test-classes:target/classes:$(cat target/kit.classpath) cloud.wuye.tariff.RatingCost}.
 */
final class RatingCost {
    private static final int BATCH = 1000;
    private static final int BATCHES = 60;
    private static final int ROUNDS = Integer.getInteger("rounds", 3);
    private static final int PLANS = 20;

    /** Counts only: the lines stay with the statement that would use them. */
    private static final String SQL = "SELECT count(*), sum(energy_amount) FROM " + MeterUsage.CALL;

    private final TariffDatabase database = new TariffDatabase();
    private final Instant start = Instant.parse("2026-07-01T00:00:00Z");

    private RatingCost() {}

    public static void main(String... arguments) throws IOException {
        new RatingCost().run();
        System.exit(0);
    }

    private record Case(String name, Tariff tariff, Duration interval) {}

    private void run() throws IOException {
        Pool one = database.pool("cross", 1);
        Pool owner = database.pool("owner", 1);
        int backend = one.query("SELECT pg_backend_pid()")
                .executeAndAwait()
                .iterator()
                .next()
                .getInteger(0);
        for (Case each : List.of(
                new Case("flat, 15 min", TariffFixture.flatFrom("2025-12-01"), Duration.ofMinutes(15)),
                new Case(
                        "5 kinds of hours, 3 tiers, 15 min",
                        TariffFixture.fullFrom("2025-12-01"),
                        Duration.ofMinutes(15)),
                new Case(
                        "5 kinds of hours, 3 tiers, 1 day",
                        TariffFixture.fullFrom("2025-12-01"),
                        Duration.ofDays(1)))) {
            List<UUID> plans = IntStream.range(0, PLANS)
                    .mapToObj(i -> database.plan(TariffFixture.renamed(each.tariff()), start.plus(Duration.ofDays(30))))
                    .toList();
            owner.query("ANALYZE tariff_segment; ANALYZE tariff_rate").executeAndAwait();
            measure(one, backend, plans, each);
            for (int round = 0; round < ROUNDS; round++) {
                System.out.printf(
                        Locale.ROOT,
                        "%-36s sql %.1f us, engine %.1f us per reading%n",
                        each.name(),
                        measure(one, backend, plans, each),
                        engine(each));
            }
            explain(one, plans, each);
        }
    }

    private double measure(Pool one, int backend, List<UUID> plans, Case each) throws IOException {
        List<List<MeterUsage>> batches = IntStream.range(0, BATCHES)
                .mapToObj(i -> batch(new Random(i), plans, each))
                .toList();
        double before = cpu(backend);
        for (List<MeterUsage> batch : batches) {
            one.preparedQuery(SQL)
                    .execute(MeterUsage.parameters(database.tenant, batch))
                    .await()
                    .indefinitely();
        }
        return (cpu(backend) - before) / (BATCH * BATCHES) * 1e6;
    }

    private double engine(Case each) {
        List<MeterUsage> batch = batch(new Random(1), List.of(Ids.next()), each);
        long before = System.nanoTime();
        int lines = 0;
        for (MeterUsage usage : batch) {
            lines += RateUsage.rate(each.tariff(), List.of(usage.usage()), usage.used())
                    .lines()
                    .size();
        }
        return lines == 0 ? 0 : (System.nanoTime() - before) / 1e3 / BATCH;
    }

    private List<MeterUsage> batch(Random random, List<UUID> plans, Case each) {
        List<MeterUsage> batch = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            Instant from = start.plusSeconds(random.nextInt(20 * 86_400));
            BigDecimal used = BigDecimal.valueOf(random.nextInt(4_000_000), 4);
            batch.add(new MeterUsage(
                    Ids.next(),
                    plans.get(random.nextInt(plans.size())),
                    Usage.total(from, from.plus(each.interval()), BigDecimal.valueOf(1 + random.nextInt(20_000), 4)),
                    new Used(used, used)));
        }
        return batch;
    }

    private void explain(Pool one, List<UUID> plans, Case each) {
        for (Row row : one.preparedQuery("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + SQL)
                .execute(MeterUsage.parameters(database.tenant, batch(new Random(1), plans, each)))
                .await()
                .indefinitely()) {
            System.out.println(row.getString(0));
        }
    }

    /** User and system time of a process in seconds, as the kernel counts it. */
    private static double cpu(int pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Arrays.stream(fields, 11, 13).mapToLong(Long::parseLong).sum() / 100.0;
    }
}
